"""Yes and no are taken from a tick or from the first word, and only when they are clear."""

from __future__ import annotations

import pytest

from msqgraph.interpret import interpret
from msqgraph.interpret.yes_no import affirmation, read_yes_no
from msqgraph.questionnaire import Part, load_questionnaire
from msqgraph.response import Answer, Response, Source, Tick

YES_OR_NO = Part(
    "10", "Question", parts=[Part("10/yes", "Option", affirms=True), Part("10/no", "Option", affirms=False)]
)


@pytest.mark.parametrize(
    "text",
    [
        "Si",
        "Si.",
        "Sí, El",
        "Sí se publican",
        "Yes",
        "YES: x",
        "Yes we do",
        "Oui",
        "Sim",
        "Да, ",
        "نعم",
        "是。",
        "是的我们有",
        "☒ Yes",
    ],
)
def test_a_yes_in_every_language(text: str) -> None:
    """The sample says "Si", "Si." and "Sí,"."""
    assert read_yes_no(text)[0] is True


@pytest.mark.parametrize(
    "text", ["No", "No.", "No hay", "No se publican", "No, but soon", "Non.", "Não", "Нет", "لا", "否"]
)
def test_a_no_in_every_language(text: str) -> None:
    """A plain no, or the beginning of a denial."""
    assert read_yes_no(text)[0] is False


@pytest.mark.parametrize(
    "text",
    [
        "No information",
        "No aplica",
        "No hay datos",
        "N° 5",
        "No. 5 of 2010",
        "Si bien existe",
        "Si se publican",
        "Se publican",
        "Нет данных",
        "Não se aplica",
        "Данные",
        "Nombre",
        "Yes ☐ No ☐",
        "Yes / No",
        "N/A",
        "",
        "👍",
    ],
)
def test_what_is_not_clear_stays_open(text: str) -> None:
    """No information is no "no", "si" before a verb is "if", two leftover boxes are no answer."""
    assert read_yes_no(text) == (None, 0)


@pytest.mark.parametrize(
    ("ticks", "text", "affirms", "doubts"),
    [
        ({"yes": "ticked", "no": "unticked"}, None, True, []),
        ({"yes": "unticked", "no": "ticked"}, None, False, []),
        ({"yes": "ticked", "no": "ticked"}, None, None, ["conflicting-signals"]),
        ({"yes": "ticked", "no": "unticked"}, "No.", None, ["conflicting-signals"]),
        ({"yes": "unknown", "no": "unknown"}, None, None, []),
        ({"yes": "unticked", "no": "unticked"}, None, None, []),
        ({"yes": "unknown", "no": "unknown"}, "Si.", True, []),
    ],
)
def test_ticks_and_words_together(
    ticks: dict[str, Tick], text: str | None, affirms: bool | None, doubts: list[str]
) -> None:
    """A lost mark says nothing; signals that contradict each other leave the answer open."""
    assert affirmation(Answer("answered", text, ticks=ticks), YES_OR_NO)[:2] == (affirms, doubts)


QUESTIONS = {question.path: question for question in load_questionnaire("2020").questions()}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("24", "Not yet."),
        ("23", "Not planned"),
        ("24", "Not that we know of"),
        ("24", "لا تتوفر أي شراكات حالياً"),
        ("7", "Стратегия отсутствует"),
        ("16", "无专门机构"),
        ("24", "None currently"),
        ("24", "Not at this stage, but planned for 2020"),
        ("24", "Currently none"),
        ("24", "At present, no."),
        ("24", "No ongoing partnerships at the moment"),
        ("24", "There are no such partnerships at present."),
        ("24", "None exist"),
        ("23", "We do not offer such support."),
        ("13", "Not published"),
        ("13", "No, not yet published"),
        ("7", "There is no e-government strategy yet."),
        ("24", "Nothing so far"),
        ("6", "No such strategy exists."),
        ("23", "Not for the time being"),
        ("11", "Results are not published online."),
        ("11", "The results are not yet published."),
        ("23", "Never"),
        ("10", "We do not collect statistics."),
        ("24", "Ninguna por el momento"),
        ("24", "Todavía no"),
        ("24", "Aún no."),
        ("24", "Por el momento no"),
        ("24", "No existen"),
        ("24", "No se han suscrito alianzas"),
        ("24", "Ninguno"),
        ("23", "De momento no se ofrece"),
        ("13", "No se publican"),
        ("13", "Los resultados no se publican en línea."),
        ("24", "No, por ahora"),
        ("24", "Actualmente no"),
        ("24", "No contamos con alianzas"),
        ("24", "Hasta la fecha no"),
        ("6", "No tenemos"),
        ("24", "Pas encore"),
        ("24", "Pas pour le moment"),
        ("24", "Aucun"),
        ("24", "Aucun partenariat à ce jour"),
        ("24", "Non, pas encore"),
        ("24", "Il n'existe pas de partenariat."),
        ("24", "Il n’y en a pas"),
        ("24", "Non pas pour l'instant"),
        ("24", "Pour le moment non"),
        ("24", "Pas de partenariat public-privé"),
        ("23", "Nous n'offrons pas d'appui."),
        ("24", "Aucune initiative"),
        ("24", "Il n'y a pas de telle stratégie"),
        ("24", "Jamais"),
        ("24", "Pas à ce stade"),
        ("24", "Ainda não"),
        ("24", "Não existem"),
        ("24", "Nenhuma"),
        ("24", "Por enquanto não"),
        ("24", "De momento, não"),
        ("24", "Não há"),
        ("24", "Não se publicam"),
        ("24", "Atualmente não"),
        ("24", "Não temos nenhuma"),
        ("24", "Até ao momento não"),
        ("24", "Não existe qualquer parceria"),
        ("24", "Пока нет"),
        ("24", "Еще нет"),
        ("24", "Нет, пока не планируется"),
        ("24", "В настоящее время нет"),
        ("24", "Не имеется"),
        ("24", "Отсутствует"),
        ("24", "Не публикуются"),
        ("24", "Пока не публикуются."),
        ("24", "На данный момент таких партнерств нет."),
        ("24", "Не существует"),
        ("24", "Не участвует"),
        ("24", "Нет таких"),
        ("11", "Результаты не публикуются."),
        ("24", "Ещё нет."),
        ("24", "Таких партнерств нет"),
        ("24", "ليس بعد"),
        ("24", "لا، ليس بعد"),
        ("24", "لا يوجد"),
        ("24", "لا توجد حالياً"),
        ("24", "لم يتم بعد"),
        ("24", "حتى الآن لا"),
        ("24", "ليس حالياً"),
        ("24", "لا توجد شراكات في الوقت الراهن"),
        ("24", "لا يتم نشر النتائج"),
        ("24", "كلا"),
        ("24", "لم تنشر بعد"),
        ("24", "ليس هناك"),
        ("24", "حالياً لا يوجد"),
        ("24", "غير موجودة"),
        ("24", "ليس في الوقت الحالي"),
        ("24", "尚未"),
        ("24", "暂无"),
        ("24", "暂无计划"),
        ("24", "无"),
        ("24", "没有"),
        ("24", "目前没有"),
        ("24", "尚未公布"),
        ("24", "暂未开展"),
        ("24", "否"),
        ("24", "还没有"),
        ("24", "没有此类伙伴关系。"),
        ("24", "暂时没有"),
        ("24", "未公布结果"),
        ("24", "目前尚无"),
        ("24", "目前暂无。"),
        ("24", "不公开"),
    ],
)
def test_a_no_in_other_words(number: str, text: str) -> None:
    """ "Not yet", "Aucun", "尚未": what denies the thing asked about is a no."""
    assert affirmation(Answer("answered", text), QUESTIONS[number])[0] is False


@pytest.mark.parametrize(
    "text",
    [
        "Yes",
        "Yes, there is",
        "There is one.",
        "Affirmative",
        "YES - the strategy",
        "Exists",
        "Sí existe",
        "Existe.",
        "Sí, desde 2018",
        "Oui bien sûr",
        "Il existe une stratégie nationale depuis 2015.",
        "Effectivement",
        "Oui",
        "Sim, existe",
        "Existe",
        "Имеется",
        "Действует Стратегия 2020",
        "Да",
        "Да, есть",
        "Есть",
        "Имеется, утверждена в 2018 году",
        "نعم، يوجد",
        "يوجد",
        "توجد استراتيجية وطنية",
        "أجل",
        "有",
        "是的",
        "已制定。",
        "存在",
        "已有",
        "具备",
        "有，见官网",
    ],
)
def test_a_yes_in_other_words(text: str) -> None:
    """ "Имеется", "Existe", "已制定": what says that the thing exists is a yes."""
    assert affirmation(Answer("answered", text), QUESTIONS["7"])[0] is True


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        "In preparation",
        "Under development",
        "En cours d'élaboration",
        "En proceso",
        "En elaboración",
        "Em preparação",
        "Вопрос прорабатывается",
        "В разработке",
        "Разрабатывается",
        "قيد الإعداد",
        "制定中",
        "正在制定",
        "待定",
        "Sans objet",
        "No aplica",
        "Não se aplica",
        "Не применимо",
        "لا ينطبق",
        "不适用",
        "No information",
        "Нет данных",
        "لا توجد بيانات",
        "没有数据",
        "尚无数据",
        "No data available",
        "Pas d'information",
        "Pas disponible",
        "Non disponible",
        "Aucune information",
        "No se dispone de información",
        "No hay datos",
        "Not available",
        "Not applicable",
        "Not known",
        "Unknown",
        "-",
        "The strategy is being drafted.",
        "Existe un proyecto de estrategia",
        "Существует проект стратегии",
        "Partially",
        "Some",
        "См. выше",
        "To be confirmed",
        "无法统计",
        "不清楚",
        "La stratégie est en cours d'adoption",
        "The results are shared with the departments",
        "No obstante, se trabaja en ello",
        "لا شك أن الحكومة تعمل",
        "不仅如此，国家还",
        "未来将制定",
        "Nothing to report",
        "لا تزال قيد الإعداد",
        "Не только стратегия",
        "No. 5 of 2010",
        "Si bien no existe",
        "http://a.example",
        "Draft exists",
        "Нет информации по данному вопросу",
        "Não disponível",
        "Sin información",
        "Не определено",
        "无线城市战略",
        "National Plan 2030",
    ],
)
def test_nothing_known_or_only_prepared_is_neither(text: str) -> None:
    """No data, a draft, something under way, a reference: no yes and no no."""
    assert affirmation(Answer("answered", text), QUESTIONS["7"])[0] is None


def test_a_no_is_an_answer() -> None:
    """ "None" to "is there one" answers it, "N/A" does not; "No" where a post is asked for says nobody holds it."""
    said = {
        "24": Answer("none-stated", "None at the moment."),
        "23": Answer("none-stated", "N/A"),
        "4": Answer("answered", "No"),
    }
    read = interpret(Response("XAA", "2020", Source("a.txt", "0" * 64, "text/plain"), answers=said)).answers
    told = {n: (answer.status, answer.understood.affirms) for n, answer in read.items() if answer.understood}
    assert told == {"24": ("answered", False), "23": ("none-stated", None), "4": ("answered", False)}
