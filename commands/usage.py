"""The words of `--help` and of wrong usage in Japanese; their keys are the English ones, which stand at the options."""

import argparse
from collections.abc import Callable, Mapping

JA: Mapping[str, str] = {
    "縁鑑: who looked up a relative, and does work explain it": "縁鑑: 親族の記録をだれが閲覧したか、業務で説明がつくか",
    "Generate the demo municipality, ingest it, print its conflicts and how to open the explorer.": "見本の自治体を作って取り込み、事案と画面の開き方を示します。",
    "Write a synthetic municipality: raw exports and the answer key.": "合成の自治体（抽出ファイルと正解）を書き出します。",
    "Read exports, build and publish one generation, print the reconciliation.": "抽出ファイルを読み、一世代を作って公開し、件数の照合を示します。",
    "Say what is loaded and what is missing; with --compare, set two stores side by side.": "取り込んだものと足りないものを示します。--compare で二つの保存先を比べます。",
    "Print the conflict report.": "確認資料（事案の報告）を書き出します。",
    "Print every tie of two people.": "二人の間の関係をすべて示します。",
    "Print one person's kin.": "一人の親族を示します。",
    "Print who looked a person up; with --disclosure the version for the person who asks for it.": "その人の記録をだれが閲覧したかを示します。--disclosure で本人に開示する版にします。",
    "List every account of a member of staff in every system, with its validity: what to revoke.": "職員の全システムの操作者IDを有効期間とともに示します（停止の対象）。",
    "Set a member of staff's lookups of their own kin beside what chance would give for their workload.": "職員による自分の親族の閲覧を、業務量から偶然に見込まれる件数と並べます。",
    "List who is kin of both sides of a conflict: through whom what was seen may have gone on.": "事案の双方の親族にあたる人（内容が伝わり得る相手）を示します。",
    "Decide on a conflict; whatever is not there yet puts it back when it comes.": "事案について判断を記録します。後から増えたものがあれば、事案は戻ります。",
    "List every decision on a conflict, the oldest first.": "事案についての判断を古い順にすべて示します。",
    "List the notes on a conflict, or add one.": "事案のメモを示すか、書き加えます。",
    "List the staff whose resident record is not certain, with the candidates; or decide who one of them is.": "住民との照合が確かでない職員と候補を示すか、だれであるかを確定します。",
    "Write every tie of every related pair in a GEDCOM file.": "GEDCOM ファイルの、関係のある二人の組すべての関係を書き出します。",
    "Say what register terms (続柄) mean.": "続柄の語が何を意味するかを示します。",
    "Say how a name, reading, date or address is read.": "氏名・カナ・日付・住所がどう読まれるかを示します。",
    "Hold the published run against the answer key of a synthetic municipality.": "公開済みの結果を、合成の自治体の正解と比べます。",
    "Write a first mapping for a file from its header; every guess is marked as one.": "ファイルの見出しから対応表の下書きを作ります。推測にはその印が付きます。",
    "Start or stop a Neo4j server of this workspace's own, load a large graph into it, or say whether it runs.": "このワークスペース専用の Neo4j サーバーを起動・停止・一括取込し、または状態を示します。",
    "Check the tamper evidence of the ledger.": "台帳が改ざんされていないかを調べます。",
    "default: %(default)s": "既定: %(default)s",
    "duckdb: or neo4j://… or bolt://…": "duckdb: または neo4j://…、bolt://…",
    "written whole or not at all": "全部書けたときだけ置き換えます",
    "CSV with BOM and CRLF": "CSV を BOM と CRLF 付きで",
    "show the traceback of an error": "エラーの発生箇所を詳しく示します",
    "else the workspace's own, else the default": "なければワークスペースの policy.toml、それもなければ既定",
    "docs/synthetic.md names them": "一覧は docs/synthetic.md",
    "take this full file although it looks cut off or lacks much of what is held": "途中で切れている、または前回より大きく減っている全件ファイルを、承知のうえで使います",
    "read no export; score the store's links again": "抽出ファイルは読まず、保存先の関係から採点し直します",
    "go on without this file, or days of a log (SYSTEM:DAY, SYSTEM:FIRST..LAST)": "このファイル、またはログの日（システム:日、システム:初日..末日）が無いことを承知します",
    "the other store": "もう一方の保存先",
    "unattended: sessions in which two people were at one logged-in terminal": "unattended: ログインしたままの一台に二人がいた利用",
    "only what this section, or a sub-unit, took part in": "この所属（係・班等を含む）が関わるものだけ",
    "a person's id, or staff:ID": "宛名番号、または staff:職員番号",
    "as the person may see it": "本人に開示する版",
    "職員番号": "職員番号",
    "a conflict's id, as the report tells it": "事案番号（報告にあるもの）",
    "open, needs_inquiry, cleared, confirmed": "open（未処理）、needs_inquiry（要調査）、cleared（問題なし）、confirmed（確認済み）",
    "why": "理由",
    "the last day on which the decision holds": "判断の有効期限（その日まで有効）",
    "refuse if more than N decisions were made before": "既に N 件より多く判断されていれば記録しません",
    "what to write down; without it the notes are listed": "書き加える内容。なければメモを示します",
    "the certain ones too": "確かなものも",
    "say who a member of staff is; with one of the next three": "職員がだれであるかを確定します。次の三つのどれかとともに",
    "this resident": "この住民",
    "no resident": "住民ではない",
    "not decided yet": "まだ決めない",
    "why; needed against a certain link": "理由（確かな照合を覆すときは必須）",
    "furthest degree (親等)": "最も遠い親等",
    "%r is no day (YYYY-MM-DD)": "%r は日付（YYYY-MM-DD）ではありません",
    "for addresses: one town name a line": "住所用: 町名を一行に一つ",
    # argparse's own
    "show this help message and exit": "この説明を示して終わります",
    "usage: ": "使い方: ",
    "positional arguments": "引数",
    "options": "オプション",
    "argument %(argument_name)s: %(message)s": "引数 %(argument_name)s: %(message)s",
    "unrecognized arguments: %s": "知らない引数です: %s",
    "not allowed with argument %s": "%s と一緒には使えません",
    "ignored explicit argument %r": "値 %r は使われません",
    "the following arguments are required: %s": "次の引数が必要です: %s",
    "one of the arguments %s is required": "%s のどれかが必要です",
    "expected one argument": "値が一つ必要です",
    "expected at most one argument": "値は一つまでです",
    "expected at least one argument": "値が一つ以上必要です",
    "expected %s argument": "値が %s 個必要です",
    "expected %s arguments": "値が %s 個必要です",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s は %(matches)s のどれか決まりません",
    "invalid %(type)s value: %(value)r": "%(value)r は %(type)s の値ではありません",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r は選べません（%(choices)s から選んでください）",
    "wrote %s: exports and truth (all persons in it are synthetic)": "%s に exports と truth を書き出しました（人物はすべて架空です）",
    "%r is no degree (0 or more)": "%r は親等（0以上の整数）ではありません",
    "%(prog)s: error: %(message)s\n": "%(prog)s: エラー: %(message)s\n",
}  # fmt: skip


def words(lang: str) -> Callable[[str], str]:
    """Give what puts an English word of the command line into the reader's language."""
    return (lambda text: JA.get(text, text)) if lang == "ja" else (lambda text: text)


def speak(lang: str) -> Callable[[str], str]:
    """Let argparse word its own errors in a language, and give what puts our help into it.

    argparse looks its words up in a catalogue of gettext; ours is this table, with no compiled file to install.
    """
    said = words(lang)
    vars(argparse)["_"] = said
    vars(argparse)["ngettext"] = lambda one, many, count: said(one if count == 1 else many)
    return said


def say(text: str) -> str:
    """Give an English word of the command line in the language that argparse speaks."""
    return str(vars(argparse)["_"](text))


def translate(parser: argparse.ArgumentParser, said: Callable[[str], str]) -> None:
    """Put descriptions and helps of a parser and of its commands into a language."""
    parser.description = said(parser.description or "")
    for action in parser._actions:
        if action.help:
            action.help = said(action.help)
        if isinstance(action, argparse._SubParsersAction):
            for listed in action._choices_actions:
                listed.help = said(listed.help or "")
            for command in action.choices.values():
                translate(command, said)
