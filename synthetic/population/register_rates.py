"""How the registers of the synthetic municipality are kept: what is elsewhere, unproved, unknown, or broken."""

from dataclasses import dataclass

from synthetic.population.city import rate


@dataclass(frozen=True, kw_only=True)
class RegistryRates:
    """How registers are written; every share is of those it can happen to."""

    honseki_elsewhere: float = rate(0.45, "share of 戸籍 kept by another municipality, hence not exported")
    honseki_kept: float = rate(0.75, "chance that a new 戸籍 stays in the municipality of the one its head came from")
    foreign_unproved: float = rate(0.08, "foreigners who showed no papers of their kinship and are written 縁故者 (Z4)")
    birth_unknown: float = rate(0.001, "share of people of whose birth the day, or day and month, is unknown (不詳日)")
    old_characters: float = rate(0.25, "share of families that write their 氏 with an old character (髙, 﨑, 邊 …)")
    koseki_only_characters: float = rate(0.1, "share of families whose character only 戸籍 can write (𠮷, 辻 with IVS)")
    geta: float = rate(0.0, "share of people for whose given name the resident register writes 〓")
    register_kana_slip: float = rate(0.004, "one kana of the given name is wrong in the resident register")
    register_given_wrong: float = rate(0.0003, "one kanji of the given name is wrong in the resident register")
    register_birth_wrong: float = rate(0.0003, "the birth date is wrong in the resident register, as in HR")
    two_person_numbers: float = rate(
        0.05,
        "share of those who moved away and came back who got another 宛名番号 (J7); who came back during the logs "
        "has one",
    )
    koseki_addresses: int = rate(1, "1: write 戸籍の附票 (K9), where people of a 戸籍 lived while in it; 0: do not")
    broken_register_rows: int = rate(1, "broken rows of each sort in each register file")
