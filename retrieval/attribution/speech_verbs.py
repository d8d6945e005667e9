"""Words that say that somebody says something. Pure lists, by lemma."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SAYS = _words(
    """say tell ask add reply answer respond write note explain argue claim insist state announce declare
    warn admit acknowledge concede confirm deny suggest remark observe comment recall remember stress
    emphasize emphasise underline underscore reiterate repeat continue conclude assert maintain contend
    allege complain protest object counter retort predict promise vow pledge swear urge plead beg demand
    joke quip tweet post report reveal disclose testify shout yell cry whisper murmur mutter exclaim sigh
    laugh smile shrug grin chuckle boast brag lament muse reflect wonder agree affirm tease caution advise
    recount relate proclaim opine interject chime enthuse gush fume snap bark growl groan moan scream
    propose recommend speculate estimate expect conjecture hint signal point
    inform assure remind thank promise instruct order rule find decide
    text message mail email quote describe call label brand dub term characterise characterize hail praise
    condemn denounce dismiss slam blast criticise criticize accuse blame decry deplore welcome reject
    deride rubbish mock ridicule berate lambast attack liken compare cite refer speak talk sing chant
    implore entreat lecture counsel volunteer venture offer elaborate clarify specify detail summarise
    summarize
    intone drawl crow concur disagree hypothesise hypothesize theorise theorize rage thunder inquire
    enquire query
    articulate stipulate decree profess avow attest vouch threaten apologise apologize regret compliment
    tout portray depict cast defend justify encourage read hit sum"""
)
"""What a speaker does to words that stand in marks."""

REPORTS = _words(
    """say tell add reply answer respond write note explain argue claim insist state announce declare warn
    admit acknowledge concede confirm deny suggest remark observe comment recall stress emphasize emphasise
    underline underscore reiterate repeat conclude assert maintain contend allege complain protest counter
    predict promise vow pledge swear urge plead demand joke quip tweet report reveal disclose testify lament
    agree affirm caution advise recount proclaim propose recommend speculate estimate hint signal inform
    assure remind elaborate clarify concur theorise theorize threaten believe think hope fear call describe
    accuse condemn denounce dismiss criticise criticize blame praise hail deplore decry welcome reject
    liken label brand apologise apologize"""
)
"""What reports speech without marks, where a clause hangs on it or what is said of something."""

THINKS = _words(
    """think believe feel hope fear consider regard guess suppose reckon doubt worry want suspect realise
    realize"""
)
"""What may stand beside a quotation as well, but says nothing alone."""

NEEDS_CLAUSE = _words(
    """say add reply answer respond write note explain argue claim insist state announce declare warn admit
    acknowledge concede confirm deny suggest remark observe comment recall stress emphasize emphasise
    underline underscore reiterate repeat conclude assert maintain contend allege complain protest counter
    predict joke quip tweet report reveal disclose testify lament agree affirm caution advise recount
    proclaim propose recommend speculate estimate hint signal elaborate clarify concur theorise theorize
    tell inform assure remind believe think hope fear"""
)
"""Those that report only what a clause says: ``he noted that``, but not ``he noted the time``."""

WORKS = _words(
    """book novel film movie song album single track play poem show series sitcom drama documentary musical
    opera painting essay article podcast episode story memoir autobiography magazine newspaper journal game
    hit ballad anthem comedy thriller sculpture exhibition programme program column hymn paper titled
    entitled version cover production adaptation trilogy saga soundtrack video comic operation project
    codenamed code-named headlined headline chapter section hashtag"""
)
"""What has a title that stands in marks."""

NAMING = _words(
    "so-called nickname nicknamed dub dubbed codename codenamed entitled titled title known name named"
)
"""What a word in marks is somebody's name for, and nobody's words."""

REMARKS = _words(
    """statement claim word comment remark warning vow promise pledge speech tweet letter message call
    description insistence assertion assessment argument view admission refusal demand accusation declaration
    testimony quote interview email post reply response answer verdict conclusion phrase boast complaint
    advice apology plea prediction"""
)
"""What somebody has said: ``Blinken's statement that``."""

_IRREGULAR = {
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "swore": "swear",
    "spoke": "speak",
    "sang": "sing",
}


def is_saying(word: str) -> bool:
    """Whether ``word`` is a form of a verb that says, by its ending alone: ``asked``, ``replies``,
    ``said``."""
    if word in _IRREGULAR:
        return True
    stems = [word]
    for ending, instead in (("ied", "y"), ("ies", "y"), ("ed", ""), ("ed", "e"), ("s", ""), ("es", "")):
        if word.endswith(ending):
            stems.append(word.removesuffix(ending) + instead)
    if word.endswith("ed") and len(word) > 4 and word[-3] == word[-4]:
        stems.append(word[:-3])
    return any(stem in SAYS for stem in stems[1:])
