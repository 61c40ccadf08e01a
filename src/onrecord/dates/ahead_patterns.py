"""The patterns by which a content is seen to look ahead, and those that take it back again."""

from __future__ import annotations

import re
from typing import Final

from onrecord.speakers.lexicon import word_set

SENTENCE: Final = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘(\[A-Z`])|\n|\[…\]|(?<=[a-z]);")
BE: Final = r"(?:is|are|am|was|were|be|been|being|['’]s|['’]re|['’]m|isn['’]t|aren['’]t|wasn['’]t)"
HEAD: Final = re.compile(
    r"\b(?P<will>will|shall|wo(?=n['’]t)|(?<=\w)['’]ll(?=\b)|gonna|going to)(?!\w*-)"
    r"|(?P<ll>(?<=\w)['’]ll\b)"
    r"|\b(?P<would>would(?!-be)|(?<=\w)['’]d(?= (?:be|not|never|have)\b))"
    r"|\b(?P<due>due|scheduled|slated|poised|planned|set|about|supposed|earmarked)"
    r" (?=to\b|for\b|(?:in|on|by|before|at|within|this|next|later|early|tomorrow|[A-Z][a-z]+day)\b)"
    r"|\b(?P<isto>(?:is|are|was|were) (?:also |now |both |all |each )?to)(?= [a-z]+)"
    r"|\b(?P<odds>likely|unlikely|expected|predicted|forecast|projected|anticipated|bound|certain|sure|doomed"
    r"|destined|on (?:course|track)) to\b"
    r"|\b(?P<commit>promis(?:es?|ed|ing)|pledg(?:es?|ed|ing)|vow(?:s|ed|ing)?|swore|sworn|guarantee[sd]?"
    r"|undertook|committed|committing) (?=to\b|that\b|not to\b|never to\b)"
    r"|\b(?P<menace>threaten(?:s|ed|ing)) (?=to\b|that\b)"
    r"|\b(?P<plan>plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|intentions?|aim(?:s|ed|ing)?|hop(?:es?|ed|ing)"
    r"|prepar(?:es|ing)|has decided|have decided|had decided|determined|resolved) (?=to\b)"
    r"|\b(?P<foresee>expect(?:s|ed|ing)?|predict(?:s|ed|ing)?|forecasts?|foresees?|anticipat(?:es?|ed"
    r"|ing))\b",
    re.IGNORECASE,
)
#: "The will of the people", "free will", "against his will".
NOUN_WILL: Final = re.compile(
    r"\b(?:the|a|his|her|its|their|our|my|your|free|good|ill|political|popular|['’]s|own|iron|national|public"
    r"|collective|strong|no|of) $",
    re.IGNORECASE,
)
#: "Take our fight to them" fights nobody: the word behind one of these is a noun.
DETERMINERS: Final = frozenset({"the", "a", "an", "our", "my", "his", "her", "its", "their", "this", "that"})
#: In front of the head, in its clause: it is asked, hoped, demanded or only supposed.
UNSAID: Final = re.compile(
    r"\b(?:whether|if|unless|what|how|why|who|whom|whose|where|lest|so that|in order that|in case"
    r"|provided|assuming"
    r"|suppose|imagine|(?<!more )(?<!less )(?<!rather )(?<!fewer )than|no (?:guarantees?|sign"
    r"|indication|evidence|plans?)"
    r"|hop(?:e|es|ed|ing)|wish(?:es|ed)?|pray(?:s|ed)?|want(?:s|ed)?|demand(?:s|ed|ing)?|insist(?:s|ed)? on"
    r"|ask(?:s|ed|ing)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on)|denie[sd]|deny|denying"
    r"|refus(?:es?|ed)"
    r"|must|should|ought|may|might|could)\b[^,;]*$"
    r"|\b(?:know|knows|say|said|clear|see|decide|sure|question|idea|asked)\w* when\b[^,;]*$",
    re.IGNORECASE,
)
RELATIVE: Final = re.compile(r"\b(?:who|which|that)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
#: Verbs of saying and thinking before "that": what follows is a clause of its own, no relative one.
THAT_CLAUSE: Final = re.compile(
    r"\b(?:sa(?:ys?|id|ying)|t(?:ell|ells|old|elling)(?: \w+){0,3}|announc\w+|believ\w+|thinks?|thought"
    r"|expect\w*"
    r"|predict\w*|know|knows|fears?|fear(?:ed|ing)|warn\w*(?: \w+){0,3}|confiden\w+|sure|certain"
    r"|convinced|insist\w*"
    r"|claim\w*|assur\w+(?: \w+){0,3}|promis\w+(?: \w+){0,3}|pledg\w+|vow\w*|add\w*|not(?:es?|ed|ing)"
    r"|means?|meant"
    r"|clear|confirm\w*|agree\w*|stress\w*|declar\w+|doubts?|suspect\w*|argu\w+|chance|suggest\w*|indicat\w+"
    r"|guarantee\w*|reali[sz]e\w*|likely|possible|so|such) that [^,;]*$",
    re.IGNORECASE,
)
SAYING: Final = re.compile(
    r"\b(?:said|says?|saying|told|announc\w+|believ\w+|thinks?|thought|expect\w*|predict\w*|know|knows"
    r"|fear\w*|warn\w*"
    r"|confident|sure|certain|convinced|insist\w*|claim\w*|assur\w+|trust|estimat\w+|doubt|guess"
    r"|hope\w*|mean\w*"
    r"|clear|reali[sz]e\w*|suspect\w*|suggest\w*|indicat\w+|pledg\w+|vow\w*|promis\w+|that|and|but"
    r"|because|so|if|then|what"
    r"|as)\b",
    re.IGNORECASE,
)
BELIEF: Final = re.compile(
    r"\b(?:believ\w+|think|thinks|thought|expect\w*|predict\w*|forecast\w*|fears?|feared|worr(?:y|ies"
    r"|ied)|doubts?"
    r"|suspect\w*|guess|trust|confident|sure|certain|convinced|likely|probably|perhaps|maybe"
    r"|inevitabl[ey]|chance|risk"
    r"|eventually|sooner or later|one day|estimat\w+|looks? like|seems?)\b",
    re.IGNORECASE,
)
ANALYST: Final = re.compile(
    r"\b(?:analysts?|experts?|economists?|observers?|forecasters?|strategists?|professor|scientists?"
    r"|researchers?|pollsters?"
    r"|historians?|critics|traders?|commentators?|study|survey|poll|some|many|most)\b",
    re.IGNORECASE,
)
IF: Final = re.compile(r"\b(?:if|unless|or else|otherwise|until)\b", re.IGNORECASE)
#: After "would": a wish, politeness, an unreal past, an obligation, a refusal of the past, a habit.
WOULD_NOT: Final = re.compile(
    r"(?:n['’]t| not| never| also| only| still| very much| really| rather| then| just| \w+ly)*"
    r" (?:have|like|love|prefer|rather|want|wish|appreciate|argue|say|think|hope|expect|guess|imagine|suggest"
    r"|agree|be (?:able|willing|happy|glad|nice|surprised|better|wrong|good|great|best|ideal|fair"
    r"|premature|unwise"
    r"|foolish|unfair|irresponsible|difficult|hard|easy|easier|impossible|unthinkable|unlikely|possible"
    r"|enough|sensible"
    r"|acceptable|unacceptable|inappropriate|appropriate|helpful|useful|catastrophic|disastrous"
    r"|dangerous|necessary"
    r"|prepared|an? )|be$|often|always|usually|sometimes|seem|appear|constitute|amount|mean|depend|make sense"
    r"|comment|confirm|elaborate|discuss|disclose|speculate|identify|detail|specify|give (?:details|any"
    r"|his|her|their|a name)"
    r"|reveal|regret)\b",
    re.IGNORECASE,
)
OFTEN: Final = re.compile(
    r"\b(?:often|usually|sometimes|every (?:day|week|night|morning)|each time|whenever)\b", re.I
)
UNREAL: Final = re.compile(r"\bif\b|\bunless\b|\bwere (?:he|she|it|they|we|I|the)\b", re.IGNORECASE)
#: A subject of which nothing is known but that it is supposed.
SUPPOSED: Final = re.compile(
    r"(?:this|that|such|any|anything|anyone|doing|otherwise|(?!during|according|everything|nothing"
    r"|something)[a-z]+ing)\b",
    re.IGNORECASE,
)
AFTER_HEAD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
SKIP: Final = word_set(
    "not n't t never also only then now soon still be been being get to all both ever always have "
    "just even first begin start continue try keep himself itself themselves for in on at by a the it "
    "an i he she we they you go able ready"
)
NO_VERB: Final = re.compile(
    r"to (?:the|an?|this|that|its|his|her|their|our|my|your|these|those|all|any|it|him|them|us|me|each"
    r"|some|both|no)\b",
    re.I,
)
FIRST: Final = re.compile(
    r"^(?:(?:and|but|so|then|now|also|both|all) )*(?:i|we|(?:my|our) \w+)\b(?! of)"
    r"|\b(?:i|we)(?: (?:all|both|now|also|then|certainly|definitely))?$",
    re.IGNORECASE,
)
#: Who fights, and what is done in fighting, as a subject.
ARMED: Final = re.compile(
    r"\b(?:army|forces|troops|nato|alliance|coalition|fighters|rebels|soldiers|military"
    r"|(?:air ?)?strikes|raids"
    r"|bombing|bombardment|military (?:action|campaign|operation)|warplanes|jets|navy|police)\b",
    re.IGNORECASE,
)
GOES_ON: Final = re.compile(
    r"(?: \w+ly)? (?:continue|intensify|go on|step up|keep up|resume)\b(?=.{0,60}\b(?:until|as long"
    r"|unless|if|against"
    r"|strik\w+|attack\w*|bomb\w*|fight\w*)\b)",
    re.IGNORECASE,
)
PRONOUN: Final = re.compile(r"(he|she|it|they|his|her|its|their)\b", re.IGNORECASE)
#: Whom an official speaks for, as the last word of a subject.
OWN: Final = re.compile(
    r"^(?:the |its |his |their |our |my )?(?:\w+ )?(?:government|army|military|forces?|troops"
    r"|authorities|country|party"
    r"|council|alliance|coalition|cabinet|ministry|company|administration|movement|fighters|regime"
    r"|state|group)s?$",
    re.IGNORECASE,
)
OFFICIAL: Final = re.compile(
    r"\b(?:president|minister|ministry|government|spokes\w+|ambassador|official\w*|king|premier|general"
    r"|commander|chief"
    r"|chairman|leader|secretary|military|army|officer|envoy|adviser|council|son|daughter)\b",
    re.IGNORECASE,
)
#: What befalls those who do not obey: said of others it threatens.
PUNISHED: Final = re.compile(
    r"\W*(?:\w+ ){0,2}?(?:pay (?:for|dearly|the price|a (?:heavy|high|big) price)|regret"
    r"|be (?:severely |harshly )?(?:punished|crushed"
    r"|executed|hunted|held (?:accountable|responsible)|dealt with|treated as|prosecuted)|be no mercy"
    r"|be brought to justice"
    r"|face (?:justice|punishment|prosecution|trial|the law|our))\b",
    re.IGNORECASE,
)
CONSEQUENCE: Final = re.compile(
    r"\W*(?:\w+ ){0,3}?(?:face|suffer|be (?:killed|destroyed|targeted|attacked|answered|met with)|burn"
    r"|die|consequences"
    r"|have to pay|bear)\b",
    re.IGNORECASE,
)
FORCE: Final = re.compile(
    r"\b(?:with (?:force|violence|fire|weapons|all means)|by force|use (?:of )?force|at any price"
    r"|military action|harsh(?:ly)?"
    r"|severely|to the (?:end|death|last)|last (?:man|drop|bullet)|sanctions|fight on|fighting"
    r"|iron fist|tough action|strikes"
    r"|bomb\w*|punish\w*|retaliat\w+|bloody|come under attack|unpunished|rid (?:it|the \w+) of"
    r"|(?:military|tough|firm|all necessary)"
    r" (?:action|measures))\b",
    re.IGNORECASE,
)
#: Somebody has so long, or until then, to do something.
GIVEN_TIME: Final = re.compile(
    r"\b(?:ha[sd]|have|ga?ve|given|gives|giving|told|granted|gets?) (?:[^.;]{0,50}? )?(?:(?:until"
    r"|till) [^.;,]{3,30}?|(?:\w+[ -]){1,3}"
    r"(?:hours?|days?|weeks?|months?)) (?:in which )?to (?!come\b|go\b|date\b)[a-z]+"
    r"|\b(?:set|sets|gave|given|gives?|issued?|issues|imposed?|faces?|under) [^.;]{0,40}?\b(?:deadline"
    r"|ultimatum)\b"
    r"|\b(?:deadline|ultimatum) (?:of|for [^.;]{2,40} to|to [a-z]+|expires?|runs out|by)\b|\b(?:hour"
    r"|day|week|month)s? (?:deadline|ultimatum)",
    re.IGNORECASE,
)
NO_LIMIT: Final = re.compile(
    r"\bno (?:\w+ ){0,2}(?:deadline|ultimatum)|\b(?:decline|refuse|reject|missed|past"
    r"|met)\w*\b[^.]{0,40}deadline",
    re.I,
)
MUST_BY: Final = re.compile(
    r"\b(?:must|should|ha(?:s|ve) to|need(?:s)? to|required to|ordered to|told to|if|unless|(?:do|does"
    r"|did|will) not|fails? to|failed to)"
    r"\b[^.]{0,90}\b(?:by|before|until|within|no later than) (?!the (?:government|army|police|people))",
    re.IGNORECASE,
)
BY: Final = re.compile(r"\b(?:until|till|by|before|no later than|within)\b", re.IGNORECASE)
#: Cues of what was promised, planned or expected once.
ONCE: Final = re.compile(
    r"\b(?:had|once|previously|formerly|originally|initially|last|(?:was|were"
    r"|had been) (?:not )?(?:expected|supposed))\b",
    re.IGNORECASE,
)
LONG_AGO: Final = re.compile(
    r"\b(?:last (?:year|month|week|summer|spring|autumn|winter)|years? ago|months? ago|at the time)\b", re.I
)
NEGATED: Final = re.compile(
    r"\b(?:not|never|no|neither|without|declin\w+ to|refus\w+ to)\b|n['’]t\b", re.IGNORECASE
)
PRESENT: Final = re.compile(
    r"\b(?:says?|tells?|adds?|believes?|thinks?|warns?|argues?|insists?|claims?|suggests?|notes?|think"
    r"|believe|expects?)\b",
    re.IGNORECASE,
)
TOLD: Final = re.compile(
    r"\b(?:said|told|added|announced|warned|insisted|reported|declared|promised|vowed|confirmed"
    r"|stressed|quoted|denied|claimed"
    r"|indicated|agreed|predicted|decided|believed|thought|expected|suggested|saying|pledged|repeated"
    r"|reiterated|acknowledged"
    r"|stated|wrote)\b",
    re.IGNORECASE,
)
GOAL: Final = re.compile(
    r"\b(?:goals?|aims?|purpose|mandate|function|jobs?|role|task|point|way|idea|key|mission|course"
    r"|priority|effect|intent|object"
    r"|objective|step|thing|duty|responsibility|challenge|reason|choice|option|strategy|policy|response"
    r"|aim|here|effort|move|focus|need"
    r"|trick|best|difficult|hard|was|it)\b[^,;]*$",
    re.IGNORECASE,
)
FAILED: Final = re.compile(r"\bbut\b[^.]{0,40}\b(?:fail\w*|ha[sd]|have|did|never|exactly)\b", re.IGNORECASE)
#: Cues of a question.
ASKS: Final = re.compile(r"\b(?:wonder(?:s|ed|ing)?|asked (?:if|whether|how|what))\b", re.IGNORECASE)
