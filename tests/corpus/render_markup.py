"""Text, Markdown and web pages."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from html import escape

from tests.corpus.printed import Choice, Piece, State, Wording, printed, stretches
from tests.corpus.transcripts import Transcript

_RTL = ("ar",)
_STYLE = (
    "body{font-family:sans-serif;max-width:52em;margin:2em auto;line-height:1.4}h2{border-bottom:1px solid #036}"
    "input[type=text],textarea{width:100%}td{vertical-align:top;padding:.3em .6em;border:1px solid #999}"
    "small{color:#444}table{border-collapse:collapse;width:100%}"
)


def plain_text(transcript: Transcript) -> bytes:
    """A text whose lines break at 78 characters, boxes typed as ``[x]`` and ``[ ]``, notes amid the answers."""
    boxes: dict[State, str] = {"ticked": "[x]", "empty": "[ ]", "lost": "-"}
    return _text(transcript, lambda choice: boxes[choice.state])


def marked_text(transcript: Transcript) -> bytes:
    """A text with ``(x)`` in lists and a check in brackets for yes and no."""

    def box(choice: Choice) -> str:
        check = "✓" if choice.is_exclusive else "x"
        return {"ticked": f"({check})", "empty": "( )", "lost": "-"}[choice.state]

    return _text(transcript, box)


def _text(transcript: Transcript, box: Callable[[Choice], str]) -> bytes:
    lines: list[str] = []

    def wrapped(text: str, first: str = "", later: str = "") -> None:
        lines.extend(
            textwrap.wrap(text, 78, initial_indent=first, subsequent_indent=later, break_long_words=False,
                          break_on_hyphens=False) or [first.rstrip()]
        )  # fmt: skip

    for piece in printed(transcript):
        words = piece.wording.marked("[{}]") if piece.wording.note else piece.wording.text
        if piece.kind == "title":
            lines += [words.upper(), "=" * len(words)]
        elif piece.kind == "respondent":
            lines += [f"Country: {words}", f"Date: {piece.answer}"]
        elif piece.kind == "section":
            lines += ["", f"{piece.numbered}{words.upper()}", "-" * 40]
        elif piece.kind == "note":
            wrapped(words, f"[{piece.marker}] ", "    ")
        elif piece.kind == "consent":
            wrapped(words, f"{box(piece.choices[0])} ", "    ")
        elif words:
            wrapped(words, "   " * piece.level + piece.numbered, "   " * piece.level)
        if piece.choices and piece.kind != "consent":
            row = [f"{box(choice)} {choice.wording.text}" for choice in piece.choices]
            if piece.on_one_line and len(row) < 4:
                lines.append("      " + "     ".join(row))
            else:
                for item in row:
                    wrapped(item, "   ", "       ")
        if piece.explain:
            lines.append(piece.explain)
        lines += [f"{label}: {value}".rstrip() for label, value in piece.labels]
        if piece.lines and piece.kind != "respondent":
            lines.append("")
            for line in piece.lines:
                wrapped(line, "   " * piece.level, "   " * piece.level)
        lines.append("")
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def markdown(transcript: Transcript) -> bytes:
    """Markdown as converters write it: bold phrases, footnote links, names as links, ``[x]`` behind list dashes."""
    lines: list[str] = []
    for piece in printed(transcript):
        words = piece.wording.marked("[^{}]")
        if piece.kind == "title":
            lines += [f"# {words}"]
        elif piece.kind == "respondent":
            lines += [f"**Country:** {words}", "", f"**Date:** {piece.answer}"]
        elif piece.kind == "section":
            lines += [f"## {piece.numbered}{words}"]
        elif piece.kind == "note":
            lines += [f"[^{piece.marker}]: {words}"]
        elif piece.kind == "consent":
            lines += [f"{_markdown_box(piece.choices[0])} {words}"]
        elif piece.kind == "question" and words:
            lines += [f"- {piece.marker}. **{words}**" if piece.level else f"**{piece.numbered}{words}**"]
        elif words:
            lines += [words]
        if piece.choices and piece.kind != "consent":
            lines.append("")
            row = [f"{_markdown_box(choice)} {choice.wording.marked('[^{}]')}" for choice in piece.choices]
            if piece.on_one_line:
                lines.append(" ".join(row))
            else:
                lines += [item if item.startswith("- ") else f"- {item}" for item in row]
        if piece.explain:
            lines += ["", f"*{piece.explain}*"]
        for label, value in piece.labels:
            lines += ["", f"{label}: {value}".rstrip()]
        if piece.lines and piece.kind != "respondent":
            for line in piece.lines:
                runs = stretches(line, piece.links)
                lines += ["", "".join(f"[{text}]({target})" if target else text for text, target in runs)]
        lines.append("")
    return "\n".join(lines).encode()


def _markdown_box(choice: Choice) -> str:
    return {"ticked": "[x]", "empty": "[ ]", "lost": "-"}[choice.state]


def html_form(transcript: Transcript) -> bytes:
    """A web form saved with its values: inputs, radio buttons, text areas; the page's script is in it."""
    lines = ["<form action='#' method='post'>"]
    for piece in printed(transcript):
        if piece.kind == "respondent":
            lines.append(
                f"<p><label>Country <input type='text' name='country' value='{piece.wording.text}'></label> "
                f"<label>Date <input type='text' name='date' value='{escape(piece.answer)}'></label></p>"
            )
        elif piece.kind == "consent":
            mark = _input(piece.choices[0])
            lines.append(f"<p>{mark} <label for='{_id(piece.path, 'yes')}'>{_html(piece.wording)}</label></p>")
        else:
            lines += [*_html_wording(piece), *_form_choices(piece)]
        if piece.explain:
            lines.append(f"<p>{piece.explain}</p>")
        lines += [
            f"<p><label>{label}: <input type='text' name='{piece.path}-{label}' value='{escape(value)}'></label></p>"
            for label, value in piece.labels
        ]
        if piece.is_answered_here and not (piece.labels and not piece.answer):
            lines.append(_form_field(piece))
    return _page(transcript, [*lines, "<button type='submit'>Submit</button>", "</form>"])


def _form_field(piece: Piece) -> str:
    if len(piece.lines) < 2 and len(piece.answer) < 90 and not piece.links:
        return (
            f"<p><input type='text' name='q{piece.path}' value='{escape(piece.answer)}' placeholder='Your answer'></p>"
        )
    if piece.links:  # a text area shows no links: this site has an editor
        shown = "<br>\n".join(_linked(line, piece.links) for line in piece.lines)
        return f"<div contenteditable='true' class='editor'>{shown}</div>"
    return f"<p><textarea name='q{piece.path}' rows='4'>\n{escape(piece.answer)}</textarea></p>"


def _form_choices(piece: Piece) -> Iterator[str]:
    items = [
        f"{_input(choice)} <label for='{_id(piece.path, choice.slug)}'>{_html(choice.wording)}</label>"
        for choice in piece.choices
    ]
    if piece.on_one_line:
        yield f"<p>{' '.join(items)}</p>"
    elif items:
        yield f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _input(choice: Choice) -> str:
    if choice.state == "lost":
        return "–"
    kind, name = ("radio", choice.question) if choice.is_exclusive else ("checkbox", f"{choice.question}[]")
    checked = " checked" if choice.state == "ticked" else ""
    return (
        f"<input type='{kind}' id='{_id(choice.question, choice.slug)}' name='{name}' value='{choice.slug}'{checked}>"
    )


def _id(path: str, slug: str) -> str:
    return f"q-{path}-{slug}"


def html_page(transcript: Transcript) -> bytes:
    """A page as an office program saves it: boxes typed, some questions in tables, notes as links between answers."""
    lines: list[str] = []
    for piece in printed(transcript):
        if piece.kind == "respondent":
            lines.append(f"<p><b>Country</b>: {piece.wording.text}<br>\n<b>Date</b>: {escape(piece.answer)}</p>")
            continue
        if piece.kind == "consent":
            lines.append(f"<p>{_glyph(piece.choices[0])}&nbsp;{_html(piece.wording)}</p>")
        elif piece.level:
            answer = "<br>".join(_linked(line, piece.links) for line in piece.lines) or "&nbsp;"
            lines.append(
                f"<table><tr><td width='40%'>{piece.numbered}{_html(piece.wording)}</td><td>{answer}</td></tr></table>"
            )
            continue
        else:
            lines += _html_wording(piece)
        if piece.choices and piece.kind != "consent":
            items = [f"{_glyph(choice)}&nbsp;{_html(choice.wording)}" for choice in piece.choices]
            lines.append(
                f"<p>{' &nbsp; '.join(items)}</p>"
                if piece.on_one_line
                else f"<table>{''.join(f'<tr><td>{item}</td></tr>' for item in items)}</table>"
            )
        if piece.explain:
            lines.append(f"<p><i>{piece.explain}</i></p>")
        lines += [f"<p><b>{label}:</b> {escape(value)}</p>" for label, value in piece.labels]
        lines += [f"<p><span>{_linked(line, piece.links)}</span></p>" for line in piece.lines]
    return _page(transcript, lines)


def _glyph(choice: Choice) -> str:
    return {"ticked": "&#9746;", "empty": "&#9744;", "lost": "–"}[choice.state]


def _html_wording(piece: Piece) -> Iterator[str]:
    words = _html(piece.wording)
    if piece.kind == "title":
        yield f"<h1>{words}</h1>"
    elif piece.kind == "section":
        yield f"<h2>{piece.numbered}{words}</h2>"
    elif piece.kind == "note":
        yield f"<p><small><a name='note{piece.marker}'><sup>{piece.marker}</sup></a> {words}</small></p>"
    elif piece.level:
        yield f"<p style='margin-left:2em'><b>{piece.numbered}</b>{words}</p>"
    elif piece.kind == "question" and words:
        yield f"<p><b>{piece.numbered}{words}</b></p>"
    elif words:
        yield f"<p>{words}</p>"


def _html(wording: Wording) -> str:
    before, note, after = wording.pieces()
    mark = f"<a href='#note{note}'><sup>{note}</sup></a>" if note else ""
    return escape(before, quote=False) + mark + escape(after, quote=False)


def _linked(line: str, links: dict[str, str]) -> str:
    return "".join(
        f"<a href='{escape(target)}'>{escape(text, quote=False)}</a>" if target else escape(text, quote=False)
        for text, target in stretches(line, links)
    )


def _page(transcript: Transcript, lines: list[str]) -> bytes:
    direction = " dir='rtl'" if transcript.language in _RTL else ""
    head = [
        "<!DOCTYPE html>",
        f"<html lang='{transcript.language}'>",
        f"<head><meta charset='utf-8'><title>MSQ 2020</title><style>{_STYLE}</style>",
        "<script>document.addEventListener('submit', e => e.preventDefault()) // [x] Yes [ ] No</script></head>",
        f"<body{direction}>",
        "<nav><a href='#'>Home</a> | <a href='#'>Surveys</a></nav>",
    ]
    return "\n".join([*head, *lines, "</body></html>", ""]).encode()
