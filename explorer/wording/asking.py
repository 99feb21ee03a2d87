"""The words of what is asked and cannot be told: who is not found, who may be one of several, whose kin are unknown."""

WORDS = {
    "pick_one": ("選んでください", "Choose one"),
    "found_some": ("{total:,}人のうち{shown:,}人を表示しています。言葉を足して絞ってください。", "{shown:,} of {total:,} people are shown; add a word."),
    "find_staff": ("職員(職員番号・氏名・カナ)", "Member of staff (number, name, kana)"),
    "own_number": ("あなたの職員番号を確かめてください。", "Please check your own staff number."),
    "own_kin_unknown": ("あなた自身の親族の記録を除けません。", "Records of your own kin cannot be left out."),
    "unknown": ("不明", "unknown"),
    "only_if": ("{person} が本人である場合(確率 {p:.2f})", "If they are {person} (p {p:.2f})"),
    "ties_unknown": ("親族か不明な閲覧", "Not known whether by kin"),
    "nobody_looked": ("この人の閲覧は、調べたログ{rows:,}行の中にありません。", "Nobody looked this person up in the {rows:,} log rows examined."),
    "never_looked": ("この職員による閲覧は、調べたログの中にありません。", "This member of staff made no lookup in the logs examined."),
    "quiet_day": ("この日、この端末での閲覧はありません。", "No lookup was made at this terminal on this day."),
    "cases_in_all": ("事案は全部で{count:,}件あります(ほかの区分を含みます)。", "There are {count:,} cases in all, other parts included."),
}  # fmt: skip
