"""What people are called beside their names: titles and offices. Pure lists."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


COURTESY = _words("mr mrs ms miss mx sir dame lord lady baroness viscount mme madame monsieur")
"""Before a name, and no office."""

TITLES = COURTESY | _words(
    """dr prof rev cllr fr sen rep gov gen col lt sgt capt cmdr adm maj cpl pvt hon msgr supt insp det ft
    pc judge
    justice president vice-president chancellor senator congressman congresswoman governor mayor minister
    premier king queen prince princess duke duchess pope cardinal archbishop bishop rabbi imam sheikh
    ayatollah
    father brother sister pastor reverend professor doctor general colonel captain major lieutenant sergeant
    admiral commander inspector superintendent constable detective coach manager chairman chairwoman chair
    chief director secretary ambassador councillor attorney prosecutor sheriff officer"""
)
"""Before a name, with a capital."""

OFFICES = TITLES | _words(
    """prime deputy former ex acting interim foreign spokesman spokeswoman spokesperson leader boss head
    executive
    founder co-founder owner partner analyst economist lawyer barrister solicitor journalist reporter editor
    columnist author writer novelist poet actor actress singer rapper musician composer artist director
    producer
    filmmaker playwright comedian presenter host player striker midfielder defender goalkeeper winger forward
    quarterback captain skipper teammate athlete sprinter swimmer boxer golfer driver rider teacher
    headteacher
    principal student pupil researcher scientist engineer physicist biologist chemist historian philosopher
    psychologist doctor nurse surgeon physician paramedic farmer fisherman baker chef shopkeeper businessman
    businesswoman entrepreneur investor trader banker activist campaigner protester volunteer resident
    neighbour neighbor witness victim survivor suspect defendant plaintiff mother father son daughter brother
    sister wife husband widow girlfriend boyfriend friend uncle aunt cousin grandfather grandmother grandson
    politician lawmaker legislator mp mep msp peer candidate nominee strategist adviser advisor aide
    negotiator envoy diplomat official officer policeman policewoman soldier veteran pilot sailor judge
    magistrate clerk coroner pathologist expert specialist consultant critic fan supporter lecturer academic
    vicar priest curate verger minister choirmaster headmistress headmaster landlord landlady midwife vet
    plumber
    man woman boy girl teenager pensioner tourist passenger customer worker employee trainee lead speaker
    treasurer trustee curator architect designer developer programmer photographer model dancer choreographer
    conductor referee umpire trainer jockey president secretary-general commissioner chief ceo cfo coo cto"""
)
"""What a person can be by office, trade or kin: ``the mayor said`` is said by a person."""

MALE = _words(
    """mr sir lord spokesman chairman businessman congressman policeman fisherman king prince duke pope father
    brother son husband boyfriend uncle grandfather grandson actor man boy monsieur fr widower headmaster
    statesman nephew"""
)
FEMALE = _words(
    """mrs ms miss dame lady baroness spokeswoman chairwoman businesswoman congresswoman policewoman queen
    princess duchess sister mother daughter wife girlfriend widow aunt grandmother actress woman girl mme
    madame headmistress niece waitress"""
)
PEOPLE = _words(
    """spaniard german frenchman frenchwoman italian argentine argentinian brazilian dutchman belgian
    englishman
    englishwoman scot scotsman welshman welshwoman irishman irishwoman american canadian australian russian
    ukrainian pole swede dane norwegian finn serb croat croatian egyptian nigerian kenyan ghanaian moroccan
    algerian ethiopian colombian chilean mexican uruguayan czech slovak hungarian romanian bulgarian greek
    turk
    israeli palestinian iranian iraqi syrian indian pakistani korean austrian icelander ugandan jamaican
    briton
    serbian londoner liverpudlian mancunian texan californian yorkshireman democrat republican conservative
    new-yorker tory socialist liberal swiss japanese chinese portuguese"""
)
"""One of a nation, a town or a party: ``the Spaniard said`` is said by the person spoken of."""

BODIES = _words(
    """company firm club group charity union bank airline retailer manufacturer operator broadcaster supplier
    developer startup start-up brewery chain carmaker"""
)
"""A body that the last one named can be: ``the company said``."""

COLLECTIVES = _words(
    """ministry department bank university college school council committee commission agency authority
    association federation union party group company corporation corp inc ltd plc llc institute
    institution foundation trust fund office bureau service services police court parliament congress
    senate house government army navy force forces guard board club united city town rovers wanderers
    athletic fc afc league times post news journal guardian telegraph mail mirror herald tribune press
    media tv radio network airlines airways motors systems technologies industries international national
    global centre center society organisation organization alliance coalition movement front campaign
    hospital museum church team world street kingdom states republic nations lords commons royal chamber"""
)
"""In the name of a body: a name that holds one of these is no person's."""

PARTICLES = _words(
    """de da do dos das del della di du des van von der den ter ten la le el al bin ibn ben abu zu y
    bint op"""
)
"""Inside names of people, in lower case: van, de, bin."""
