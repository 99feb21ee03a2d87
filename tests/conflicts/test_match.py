"""Who looked at whom: accounts of the day, relays, subjects, household views, tenses."""


def test_one_conflict(town):
    lookup = town.log("2024-04-01 10:00:00", "0001", "sister")
    town.log("2024-04-01 10:05:00", "0001", "stranger")
    found = town.find()
    assert found.tables["COUNTS"].column("end").to_pylist() == [lookup]
    (conflict,) = found.tables["Conflict"].to_pylist()
    assert (conflict["viewer_id"], conflict["subject_id"], conflict["outcome"]) == ("0001", "sister", "suspicious")
