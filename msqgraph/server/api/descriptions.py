"""What the schemas say of read models whose docstrings speak of Python, or of what JSON does not tell."""

from __future__ import annotations

from msqgraph.server.content import answer, comparison, country, listing, world
from msqgraph.server.content.answered_questions import AnsweredQuestion
from msqgraph.server.content.answers import Answer, Quantity
from msqgraph.server.content.descriptions import Thing
from msqgraph.server.content.differences import Verdict
from msqgraph.server.content.facts import Corroboration, Fact
from msqgraph.server.content.forms import Option, Question
from msqgraph.server.content.indicators import Indicator
from msqgraph.server.content.responses import EditionState

DESCRIPTIONS: dict[type, str] = {
    Answer: """An answer. `status` is a slug of code/answer-status; `text` is verbatim, with a marker where something
    is withheld, and null where nothing was written. `affirms` is "unknown" where yes or no was asked for and neither
    can be told; it is null where the question does not ask for that, or nothing was answered.""",
    answer.AnswerPage: """An answer in its place. `before` and `after` are the numbers of the questions next to its
    own, or null. `others` are answers to the same question in other editions, the latest first, `language` what the
    language of its words is called, `later_edition` that of a later response of the country, or null.""",
    AnsweredQuestion: """A question with its answer, which is null where the response has no record of one, and the
    facts from it. `status` is null for a question that only heads others.""",
    comparison.Cell: """What a column says to a question: `status` is a slug of code/answer-status, or no-response.
    `question` is the one of the column's edition, null where its form does not ask.""",
    Corroboration: """What a source outside the questionnaire says of a fact; `agreement` is a code such as
    "same-address", "different" or "silent", `evidence` what it was compared with.""",
    country.Country: """A country and one edition. `regions` are the wider ones first, `groups` of ldc, lldc and sids,
    `same_as` the IRIs of other authorities for the same country. `response` is null where there is none for
    `edition`. `later_edition` is that of a later response, whose facts supersede those of this one, or null.
    `languages` are those of the answers, the most used first; `statuses` count the questions, `named` the agencies,
    portals, strategies and laws that the answers name, `doubtful` the answers that a person should look at again.""",
    EditionState: """What there is of an edition for a country: its form, its response, and whether it was asked.
    `was_asked` is "unknown" where nothing says whom the edition asked.""",
    Fact: """A statement. The object is a thing, or else words or a number in `value`. `derived_from` are the IRIs of
    what it was understood from; `confirmed_by` who confirmed or corrected the answer. `is_for_machines` tells types,
    labels and bookkeeping; `still_stands` is false where a later response of the country says otherwise or no more.""",
    Indicator: """Something that a map of one edition can show. `name` and `edition` make the `slug`; the same name in
    two editions is the same thing asked. `group` says what it belongs to, such as the topic of the question.
    `question`, `option`, `predicate`, `concept` and `measure` are IRIs, null where they do not apply, as is `number`,
    that of the question. `most` is the end of the scale of a figure.""",
    listing.Row: """A thing in a list; `cells` has what stands in each column, by its name. `name` is null for what has
    none.""",
    Option: """A box of a question. `code` is the concept that it chooses, which stays the same over the editions, or
    null; `affirms` tells whether it stands for yes or no, and is null where it stands for neither.""",
    Quantity: """A number as stated: `value`, or `lower_bound` and `upper_bound`, with their digits as written in the
    data. What is not stated is null.""",
    Question: """A question. `label` is what its topic is called, `wording` what the form says; `kind` is a slug of
    code/answer-kind. `group` is the IRI of the question that it is part of, or null.""",
    Thing: "What has an IRI, and what it is called.",
    Verdict: """How answers compare altogether; `outcome` is null where there is only one. `aspects` are the respects
    in which they are compared.""",
    world.Country: """A country or area. `region` is the M49 code of its region, such as 019, or null; `groups` are of
    ldc, lldc and sids.""",
}
"""By read model; of the others, the docstring is told."""
