"""Verbs that tell a threat from a promise, and what is arranged from what merely happens; base forms."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from onrecord.speakers.lexicon import word_set

#: What harms somebody or uses force.
HARM: Final = word_set(
    "attack bomb bombard strike kill crush destroy punish retaliate avenge revenge fight burn shell "
    "invade hunt eliminate annihilate execute hang shoot expel target blockade slaughter massacre "
    "topple overthrow retake assault raid storm cleanse purge defeat smash battle sue penalize "
    "penalise torture behead assassinate deport detonate starve besiege paralyse paralyze ambush wage "
    "exterminate confiscate boycott confront expel arrest jail capture seize resist"
)
#: What others ask for or want.
COMMITTING: Final = word_set(
    "help assist support protect rebuild provide give ensure guarantee release free compensate "
    "investigate respect honor honour listen cooperate pay deliver restore reform stand abide comply "
    "safeguard uphold repay resign repair defend aid spare share allow lift work remain donate "
    "contribute fulfil fulfill cancel abandon grant improve rest stop bring spend fund accept keep "
    "hand step implement preserve back create raise reduce quit prosecute reconstruct permit "
    "facilitate tackle serve surrender forget tolerate"
)
#: What happens, is felt or is found, and is in nobody's hand.
HAPPENING: Final = word_set(
    "be have know see need get find learn understand lose win enjoy feel think want like love hate "
    "become fall rise grow explode collapse fail increase decline worsen happen occur erupt ensue "
    "emerge survive succeed last cost affect lead result cause mean hamper suffer prevail spread "
    "exist seem appear involve require depend benefit hurt harm encourage die much more less happy "
    "safe better worse over able good bad hard difficult easy glad tell show one there take drag "
    "trigger spark create undermine weaken strengthen"
)
#: What is done by arrangement.
EVENTS: Final = word_set(
    "meet visit travel arrive hold open close begin start launch discuss attend sign vote announce "
    "release publish deploy send withdraw leave return extend join host address receive hand replace "
    "resume transfer cut chair speak convene present submit appear testify fly tour debate unveil "
    "introduce reopen conduct run lead expand review elect inaugurate form appoint name issue sell "
    "buy build install ship deliver distribute dispatch move take expire set ban freeze suspend pull "
    "train supply recruit invite campaign tap celebrate mark stage consider oversee participate "
    "include carry focus seek propose report hear examine decide brief charge try move complete "
    "implement enforce impose patrol provide make go come put pay bring vaccinate evacuate bury rule "
    "act"
)


def base_of(word: str, verbs: Set[str]) -> str | None:
    """Return the base form of a word that is a form of one of the verbs, else ``None``."""
    low = word.lower()
    for base in _bases(low):
        if base in verbs:
            return base
    return None


_IRREGULAR: Final = {
    "held": "hold", "sent": "send", "met": "meet", "left": "leave", "built": "build",
    "sold": "sell", "bought": "buy", "paid": "pay", "given": "give", "gave": "give",
    "taken": "take", "made": "make", "brought": "bring", "put": "put", "set": "set", "cut": "cut",
    "hit": "hit", "shot": "shoot", "fought": "fight", "led": "lead", "begun": "begin",
    "heard": "hear", "struck": "strike", "kept": "keep", "spoken": "speak", "withdrawn": "withdraw",
    "rebuilt": "rebuild", "won": "win", "hung": "hang", "run": "run", "spent": "spend",
}  # fmt: skip


def _bases(word: str) -> list[str]:
    """Return what a form may come from, the form itself first."""
    found = [word]
    if word in _IRREGULAR:
        found.append(_IRREGULAR[word])
    for ending in ("ing", "ed", "es", "s", "d"):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: -len(ending)]
            found += [stem, stem + "e"]
            if stem.endswith("i"):
                found.append(stem[:-1] + "y")
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found
