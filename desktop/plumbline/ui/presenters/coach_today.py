"""The sub-page Today of the coach: a small list in words, and what each button does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline import i18n
from plumbline.analysis.wording import long_date, short_date, weekday_name
from plumbline.coaching import quotas
from plumbline.coaching.adherence import planned_on
from plumbline.coaching.due import Item, What
from plumbline.coaching.records import Plan, SignAnswer, Therapy
from plumbline.i18n import _, listed, ngettext
from plumbline.lessons.care import therapy_kind
from plumbline.lessons.library import lesson
from plumbline.lessons.signs import warning_signs
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_flare import (
    flare_end_button,
    flare_text,
    flare_title,
    help_first,
)
from plumbline.ui.presenters.exercises import amount_text, exercise_title


@dataclass(frozen=True)
class Card:
    """One item of the list; the diary's is the form itself and has no button."""

    item: Item
    title: str
    text: str
    button: str


def greeting(state: CoachState) -> str:
    """The day, and whose."""
    day = long_date(state.today)
    return f"{day} – {state.wearer}" if state.wearer else day


def cards(state: CoachState) -> list[Card]:
    """Everything due today in words; what is about something gone is left out."""
    made = (_card(item, state) for item in state.due)
    first = [_loose(state)] if state.loose else []
    return first + [card for card in made if card]


def _loose(state: CoachState) -> Card:
    text = ngettext(
        "{n} entry was made here before anybody had a name. If it is {name}'s, it can be taken "
        "over: diary, course and plans go on as they were.",
        "{n} entries were made here before anybody had a name. If they are {name}'s, they can be "
        "taken over: diary, course and plans go on as they were.",
        state.loose,
    ).format(n=state.loose, name=state.wearer)
    return Card(Item(What.LOOSE, ""), _("Entries without a name"), text, _("Take them over"))


def taken_over_text(state: CoachState) -> str:
    """What was done with them."""
    return _("The entries are {name}'s now.").format(name=state.wearer)


def nothing_due(state: CoachState) -> str:
    """Said kindly where the list is empty; what to begin with where nothing was begun."""
    if state.due or state.loose:
        return ""
    if state.records.episodes or state.records.plans or state.records.goals:
        return _("Nothing is due today. Enjoy the day.")
    return _(
        "Nothing is due. Begin with an episode if your back troubles you or if you would like to "
        "prevent trouble, or set yourself a goal on the page Plan."
    )


def episode_text(state: CoachState) -> str:
    """What runs at present."""
    episode = state.episode
    if episode is None:
        return _(
            "No episode is open. An episode is a stretch of time in which your back troubles you "
            "or in which you prevent that: the diary, the course and the questions about warning "
            "signs go with it."
        )
    days = (state.today - episode.begin).days + 1
    count = ngettext("day {n}", "day {n}", days).format(n=days)
    kind = _("Back trouble") if episode.complaint else _("Prevention")
    text = _("{kind} since {day}, {count}").format(
        kind=kind, day=short_date(episode.begin), count=count
    )
    own = [each.name for each in state.records.activities if each.retired is None]
    return f"{text} · {listed(own)}" if own else text


def _card(item: Item, state: CoachState) -> Card | None:
    make = {
        What.OPEN_SIGN: _open_sign,
        What.SIGNS: _signs,
        What.COURSE: _course,
        What.FLARE_UP: _flare,
        What.DIARY: _diary,
        What.SESSION: _session,
        What.SET: _set,
        What.FOLLOW_UP: _follow_up,
        What.LESSON: _lesson,
    }
    return make[item.what](item, state)


def _open_sign(item: Item, state: CoachState) -> Card | None:
    answer = next((each for each in state.records.answers if each.id == item.of), None)
    if answer is None:
        return None
    signs = warning_signs(i18n.language())
    outcome = signs.outcome(set(answer.yes))
    text = _("{signs} (entered {day}). {advice}").format(
        signs=sign_names(answer), day=short_date(answer.day), advice=outcome.advice
    )
    return Card(item, outcome.title, text, _("A professional has looked at it …"))


def sign_names(answer: SignAnswer) -> str:
    """The signs that are there, in a row."""
    text = named_signs(answer.yes)
    return text[:1].upper() + text[1:]


def named_signs(keys: Iterable[str]) -> str:
    """Signs by their short names."""
    short = {sign.id: sign.short for sign in warning_signs(i18n.language()).signs}
    return listed(short.get(key, key) for key in keys)


def had_texts(had: Sequence[Therapy]) -> list[str]:
    """What a doctor wants to know of the treatments that were entered: the newest of each kind."""
    texts = {
        "injection": _("You had an injection on {day}: tell the doctor if one of these is there."),
        "denervation": _(
            "You had a denervation on {day}: tell the doctor if one of these is there."
        ),
        "endoscopic-operation": _(
            "You had an endoscopic operation on {day}: tell the doctor if one of these is there."
        ),
        "other-operation": _(
            "You had an operation on {day}: tell the doctor if one of these is there."
        ),
    }
    newest = {each.kind: each for each in reversed(had)}
    return [texts[kind].format(day=short_date(each.day)) for kind, each in newest.items()]


def _signs(item: Item, state: CoachState) -> Card:
    texts = {
        "start": _("A few questions at the beginning, so that nothing urgent is missed."),
        "procedure": _("After the treatment: a few questions, so that nothing urgent is missed."),
        "changed": _("Something is new or different: a few questions, to be safe."),
        "weekly": _("A week has passed since these questions: has anything changed?"),
    }
    return Card(item, _("Warning signs"), texts.get(item.of, ""), _("Answer the questions"))


def _course(item: Item, state: CoachState) -> Card:
    text = _(
        "For three weeks there has been no clear increase. That is a good moment to talk to your "
        "physiotherapist or doctor."
    )
    return Card(item, _("Your course"), text, _("See the course"))


def _flare(item: Item, state: CoachState) -> Card:
    return Card(item, flare_title(state), flare_text(state), flare_end_button(state))


def _diary(item: Item, state: CoachState) -> Card:
    return Card(item, _("Diary"), _("Half a minute for today; leave out what you like."), "")


def _session(item: Item, state: CoachState) -> Card | None:
    plan = next((each for each in state.records.plans if each.id == item.of), None)
    if plan is None:
        return None
    return Card(item, exercise_title(plan.exercise), session_text(plan, state), _("Begin"))


def session_text(plan: Plan, state: CoachState) -> str:
    """What the plan has for today, or for the next day that it has a session on."""
    r = state.records
    if help_first(state):
        return _("Please get help for the warning sign first; exercises can wait.")
    step = quotas.due(plan, r.sessions, r.flares, r.answers, state.today)
    if step.phase is quotas.Phase.BASELINE:
        text = _("Baseline {n} of 3: as far as it goes well, and count.")
        said = [text.format(n=step.number)]
        if step.lock is quotas.Lock.FLARE_UP:
            said.append(_("It may wait until the flare-up is over."))
        return " ".join(said)
    if step.quota is None:
        return ""
    amount, day = amount_text(step.quota, plan.exercise), next_planned(plan, state)
    if day == state.today:
        said = [_("Today: {amount}, neither less nor more.").format(amount=amount)]
    else:
        text = _("Next session on {weekday}: {amount}.")
        said = [text.format(weekday=weekday_name(day), amount=amount)]
    if step.lock is quotas.Lock.SIGN:
        said.append(_("Nothing is raised while a warning sign is open."))
    if step.lock is quotas.Lock.FLARE_UP:
        said.append(_("Nothing is raised while the flare-up lasts."))
    return " ".join(said)


def next_planned(plan: Plan, state: CoachState) -> date:
    """Today or the next day with a planned session that is not entered yet."""
    r = state.records
    entered = any((s.plan, s.day) == (plan.id, state.today) for s in r.sessions)
    days = (state.today + timedelta(days=n) for n in range(int(entered), int(entered) + 7))
    return next((day for day in days if planned_on(plan, day)), state.today)


def _set(item: Item, state: CoachState) -> Card | None:
    plan = next((each for each in state.records.plans if each.id == item.of), None)
    if plan is None:
        return None
    text = _("Your three baseline sessions are done: now the stages can be set in advance.")
    return Card(item, exercise_title(plan.exercise), text, _("Set the stages"))


def _follow_up(item: Item, state: CoachState) -> Card | None:
    therapy = next((each for each in state.records.therapies if each.id == item.of), None)
    if therapy is None:
        return None
    text = ngettext(
        "{n} week after {therapy} of {day}: how are you doing?",
        "{n} weeks after {therapy} of {day}: how are you doing?",
        item.week,
    )
    since = therapy.day + timedelta(weeks=item.week)
    if state.today - since >= timedelta(weeks=1):
        text = _("{therapy} of {day}: the questions of {since} are open. How are you doing now?")
    told = {"therapy": therapy_name(therapy.kind), "day": short_date(therapy.day)}
    text = text.format(n=item.week, since=short_date(since), **told)
    return Card(item, _("How did it go?"), text, _("Answer"))


def therapy_name(kind: str) -> str:
    """The kind of therapy in words."""
    found = therapy_kind(kind, i18n.language())
    return found.name if found else kind


def _lesson(item: Item, state: CoachState) -> Card | None:
    found = lesson(item.of, i18n.language())
    if found is None:
        return None
    again = any(each.lesson == item.of for each in state.records.lessons)
    text = _("Once more, to help it stick.") if again else _("A lesson of two minutes.")
    return Card(item, found.title, text, _("Read it"))
