"""Closed lists of news English on which the rules for speakers rest, all lower case."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final


def word_set(text: str) -> frozenset[str]:
    """Return the words between the spaces."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """Return the phrases between the upright strokes."""
    return frozenset(text.split("|"))


MEN: Final = word_set(
    "dad mr king prince sheikh sheik emir sir lord congressman spokesman chairman businessman pope "
    "sultan imam ayatollah rabbi father son brother husband man actor mullah baron duke fireman "
    "policeman"
)
WOMEN: Final = word_set(
    "mum mom mrs ms miss queen princess lady dame sheikha congresswoman spokeswoman chairwoman businesswoman "
    "mother daughter sister wife woman actress baroness duchess policewoman"
)
HONORIFICS: Final = word_set(
    "mr mrs ms miss dr prof sir lord lady dame rev sheikh sheik sheikha imam ayatollah mullah king "
    "queen prince princess pope emir sultan st saint hon baroness baron sayyed sayyid "
    "reverend ven venerable honourable archdeacon canon cllr comrade mallam alhaji hajia engr shri smt h.e."
)

#: Nouns that name an office when they stand before or beside a person's name.
OFFICES: Final = word_set(
    "president pres amb vice-president premier minister chancellor secretary undersecretary under-secretary "
    "ambassador envoy spokesman spokeswoman spokesperson speaker senator sen rep representative "
    "congressman congresswoman governor gov mayor chairman chairwoman chairperson chair director "
    "director-general chief head leader commander general gen colonel col captain capt lieutenant lt "
    "major maj sergeant sgt admiral adm brigadier brig cmdr cpl corporal judge justice prosecutor "
    "attorney lawyer counsel "
    "commissioner sheriff deputy mp mep councillor councilman councilwoman secretary-general "
    "coordinator co-ordinator adviser advisor aide strategist pollster manager editor correspondent "
    "king queen emir sultan pope archbishop bishop cardinal patriarch rabbi imam ayatollah sheikh "
    "monarch professor prof economist analyst president-elect prime-minister ceo co-founder founder "
    "co-chair vice-chairman negotiator mediator diplomat legislator lawmaker treasurer "
    "superintendent rapporteur inspector chief-of-staff chairman-elect organizer organiser candidate "
    "nominee administrator officer researcher fellow scientist executive historian curator "
    "minister-designate supt det detective constable principal dean coach consul committeeman committeewoman "
    "insp ombudsman recorder cllr dcp acp dgp cm headteacher headmaster headmistress secretary-designate "
    "ambassador-designate governor-elect mayor-elect chancellor-designate premier-designate senator-elect"
)
#: Nouns that introduce a person but name no office.
ROLES: Final = word_set(
    "activist resident actor actress singer author writer journalist reporter host anchor moderator "
    "pundit columnist critic supporter opponent rival businessman businesswoman billionaire tycoon "
    "mogul neurosurgeon doctor surgeon teacher student farmer voter veteran witness refugee "
    "protester wife husband son daughter brother sister mother father friend colleague counterpart "
    "predecessor successor contender hopeful front-runner frontrunner republican democrat rebel "
    "defector official insider source donor delegate volunteer neighbor neighbour demonstrator "
    "comedian filmmaker novelist player expert specialist consultant blogger commentator dissident "
    "cleric scholar suspect victim defendant soldier worker owner partner boss mastermind socialist "
    "physician cousin uncle aunt striker midfielder goalkeeper winger skipper mum mom dad"
)
TITLES: Final = OFFICES | ROLES | HONORIFICS

#: Words that may stand before the noun of an office ("deputy foreign minister").
OFFICE_MODIFIERS: Final = word_set(
    "foreign prime deputy vice former ex interior finance defense defence justice health education "
    "energy trade information oil senior chief executive press state special general acting interim "
    "first assistant attorney presidential campaign communications national security federal supreme "
    "high managing police army military opposition party house senate majority minority republican "
    "democratic conservative labour labor liberal peace international permanent principal lead "
    "leading top political policy delegation group rebel human rights research associate co "
    "government cabinet then current new outgoing incoming retired two-term one-time onetime "
    "longtime veteran parliamentary media news law county city district circuit court commerce "
    "treasury homeland transport environment agriculture culture middle east african european "
    "regional provincial local union church board financial operating medical scientific technical "
    "commercial investment legal marketing nursing shadow founding honorary joint non-executive station pool "
    "parish town borough school district creative sporting returning"
)
#: What ministers, secretaries and directors are for ("shadow water minister").
PORTFOLIOS: Final = word_set(
    "water roads rail housing planning sport sports tourism mining petroleum power fisheries forestry lands "
    "works development youth women communications science technology higher industry business economy europe "
    "immigration border security intelligence safety climate environmental rural veterans pensions welfare "
    "care children ports shipping aviation railways tax customs budget consumer competition digital "
    "country trust"
)
OF_OFFICES: Final = word_set("secretary director chief speaker minister chancellor")
OF_OFFICE_ENDS: Final = word_set(
    "state defense defence treasury homeland health education energy labor commerce national house "
    "staff exchequer interior agriculture transportation foreign finance justice"
)
#: Military ranks.
MILITARY: Final = word_set(
    "general gen colonel col captain capt lieutenant lt major maj sergeant sgt admiral adm brigadier brig "
    "cmdr corporal cpl"
)
#: Letters behind a name that are no part of it.
POSTNOMINALS: Final = frozenset({"QC", "KC", "SC", "OBE", "MBE", "CBE", "PhD", "SAN", "MP", "TD", "MEP"})
#: Endings of the names of firms.
FIRM_ENDINGS: Final = word_set("ag plc inc ltd corp llc gmbh nv oyj asa spa")
#: Nouns for one person that no ending tells.
PEOPLE: Final = word_set(
    "nurse medic waitress midwife guard cop cook chef clerk priest monk nun thief youth teen patient local "
    "guest pilot guide nanny pupil recruit cadet athlete hostage refugee mechanic relative juror passer-by "
    "voice caller bystander go-between schoolgirl schoolboy"
)
#: What ends nouns for people by their doing or calling.
PERSON_ENDINGS: Final = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "mum",
    "dad",
    "eer",
    "ant",
    "smith",
    "wright",
)
FOR_OFFICES: Final = word_set(
    "commissioner representative rapporteur coordinator co-ordinator minister envoy"
)
FOR_OFFICE_ENDS: Final = word_set(
    "human rights refugees humanitarian affairs foreign policy security children torture europe africa asia "
    "health trade justice energy agriculture enlargement"
)
#: People for whom bodies are named ("Women's Union", "Bishops' Conference").
MANY_OF_BODIES: Final = word_set(
    "people peoples women children workers teachers lawyers doctors bishops students farmers writers "
    "journalists veterans soldiers officers prisoners human"
)
#: People by their calling, after whom bodies are named ("Doctors for Peace").
CALLINGS: Final = word_set(
    "physicians doctors reporters lawyers mothers friends veterans citizens scientists engineers women "
    "journalists students teachers workers nurses midwives pharmacists pilots farmers artists "
    "writers architects parents families fathers bishops rabbis academics historians economists"
)

ORGANISATION_HEADS: Final = word_set(
    "museum library gallery theatre zoo hotel airport prison orchestra festival cathedral abbey palace "
    "mosque "
    "ministry observatory party agency university college institute institution council committee "
    "committees councils associations unions courts networks federations "
    "commission congress parliament senate association organization organisation federation union "
    "league front movement brotherhood army court department bureau office bank fund foundation "
    "center centre society group company corporation corp inc ltd llc board authority administration "
    "nations alliance coalition network watch assembly house brigade brigades force forces police "
    "guard guards hospital school church academy club campaign conference cabinet embassy navy "
    "exchange service services trust initiative project mission secretariat tribunal chamber caucus "
    "task pac laboratory museum confederation guild lobby syndicate consortium directorate airlines "
    "airways motors industries partners associates international amnesty summit reports "
    "research programme program polling strategies solutions bloc militia junta faction cartel panel "
    "collective cooperative inspectorate registry railway railways airline clinic duma majlis knesset "
    "politburo presidium synod legion battalion regiment corps taskforce forum crescent charity archive "
    "archives orchestra command"
)
#: Bodies that a text mentions again with the bare noun ("the ministry", "the company").
BODY_NOUNS: Final = word_set(
    "ministry observatory party agency university college institute council committee commission "
    "association organization organisation federation union league movement court department bureau "
    "office bank fund foundation center centre society group company corporation board authority "
    "alliance coalition network campaign army police military parliament embassy airline charity "
    "think-tank firm team bloc body panel tribunal senate congress judiciary watchdog regulator club school "
    "hospital church management inspectorate prosecution presidency directorate secretariat garrison "
    "diocese academy command mission militia brigade junta faction consulate monarchy legislature bureaucracy"
)
#: Two words for bodies of which the second alone may be a person or a thing.
BODY_PAIRS: Final = phrase_set(
    "coast guard|national guard|border guard|presidential guard|civil defence|civil defense|air force|"
    "task force|security service|intelligence service|secret service|health service|fire service|"
    "ambulance service|fire brigade|security forces|armed forces|emergency services|weather office|met office"
)
MEDIA_HEADS: Final = word_set(
    "times post news tv television radio journal tribune daily herald gazette telegraph newspaper "
    "bulletin inquirer courier globe examiner ledger sentinel dispatch "
    "magazine broadcaster press presse mirror echo argus advertiser chronicle observer broadcasting media "
    "weekly mail"
)
#: Ways to mention a medium without its name.
MEDIA_NOUNS: Final = word_set(
    "television tv radio newspaper paper magazine broadcaster channel station daily media newspapers "
    "weekly website tabloid outlet press wire newswire websites magazines channels stations broadcasters "
    "dailies weeklies tabloids outlets blog blogs portal podcast"
)
MEDIA_NAMES: Final = phrase_set(
    "reuters|afp|agence france-presse|associated press|ap|upi|bbc|cnn|nbc|abc|cbs|msnbc|npr|pbs|fox|"
    "fox news|sana|irna|fars|mehr|itar-tass|tass|ria|ria novosti|interfax|xinhua|kuna|petra|anadolu|"
    "bloomberg|politico|al jazeera|al-jazeera|al arabiya|al-arabiya|al-manar|guardian|independent|"
    "economist|le monde|le figaro|der spiegel|spiegel|der bild|bild|el pais|haaretz|kommersant|"
    "izvestia|hurriyet|al-hayat|al-ahram|asharq al-awsat|dpa|ansa|efe|kyodo|yonhap|kcna|breitbart|"
    "huffington post|buzzfeed|univision|telemundo|usa today|newsweek|time magazine|vox|the hill|"
    "daily beast|slate|salon|itv|sky news|channel 4|press tv|russia today|rt|voice of america|pti|"
    "c-span"
)
#: Media whose names are no other words, also where a sentence begins.
SURE_MEDIA: Final = MEDIA_NAMES - phrase_set(
    "independent|economist|guardian|politico|fox|petra|vox|slate|salon|spiegel|bild|mehr"
)
#: Plural nouns for people who are not named.
GROUP_NOUNS: Final = word_set(
    "activists heads residents officials protesters demonstrators witnesses analysts experts diplomats "
    "observers supporters opponents critics aides advisers advisors lawmakers senators ministers "
    "leaders figures rebels militants fighters soldiers troops voters people men women workers "
    "students scientists researchers economists doctors lawyers prosecutors investigators police "
    "authorities groups campaigners refugees journalists reporters commentators pundits democrats "
    "republicans conservatives liberals progressives politicians members representatives allies "
    "rivals candidates delegates strategists staffers investors organizers organisers companies "
    "countries nations powers governments states families relatives neighbors neighbours friends "
    "parents teachers farmers fans users customers many some others most few several those both all "
    "everyone everybody nobody both-sides scholars historians judges jurors ambassadors envoys "
    "insiders operatives donors executives attorneys defectors opposition public crowd citizens "
    "locals villagers medics rescuers parties unions ngos charities agencies organizations "
    "organisations commanders generals firms banks universities agents outlets newspapers chairs "
    "guests readers viewers participants respondents employees survivors pollsters anyone someone "
    "pilgrims migrants detainees hostages tourists motorists inmates midwives nurses teenagers youths "
    "children kids elders clerics bishops monks priests imams rabbis cadets recruits veterans patients "
    "forces family couple clan tribe crew jury staff majority percent hundreds thousands dozens scores"
)
#: People who are not named and stand behind "sources": the text protects them.
UNNAMED_NOUNS: Final = word_set("source sources insider person persons eyewitness whistleblower")
#: Bodies that speak for the state they belong to.
STATE_BODIES: Final = word_set("ministry embassy consulate government")
#: Armed forces: those of a state speak for it, "the Free Army" does not.
FORCES: Final = word_set("army military navy")
#: Seats and departments by whose names news calls a government.
GOVERNMENTS: Final = phrase_set(
    "white house|state department|pentagon|defense department|department of defense|department of state|"
    "downing street|foreign office|home office|justice department|department of justice|treasury department|"
    "kremlin|whitehall"
)
STATE_NOUNS: Final = word_set(
    "government authorities administration regime state leadership officialdom kingdom country "
    "nation republic"
)
DOCUMENTS: Final = word_set(
    "report statement letter poll survey study article memo email e-mail tweet document lawsuit "
    "complaint records results filing book ad editorial website site page speech transcript data "
    "communique post message press-release release remarks comments words text video advertisement "
    "interview account op-ed note translation minutes search inquiry investigation analysis review findings "
    "assessment dossier announcement"
)
QUANTIFIERS: Final = word_set(
    "many some others most few several those both all everyone everybody nobody one another anyone "
    "someone none two three no either neither"
)

#: Offices that one person at a time holds: whoever is called by one is a person, named or not.
SOLE_OFFICES: Final = word_set(
    "president premier minister chancellor ambassador mayor governor king queen emir sultan pope director "
    "director-general secretary-general chairman chairwoman commissioner speaker cm "
    "archbishop bishop patriarch headteacher"
)
#: Offices that are held of, in or to a state or a region, not of a body named after one.
OF_LANDS: Final = word_set(
    "president premier minister chancellor ambassador envoy king queen emir sultan representative senator "
    "governor mayor secretary commissioner coordinator"
)
#: What tells sources without names ("people familiar with the matter").
KNOWING: Final = frozenset({("familiar", "with"), ("with", "knowledge"), ("close", "to"), ("briefed", "on")})
PLURAL_VERBS: Final = word_set("are were have do don't don’t want say think believe")
#: Verbs of who says something.
SAYING: Final = word_set(
    "said says reported reports told tells quoted quotes wrote writes demanded described added warned "
    "demands claimed claims announced"
)
MODALS: Final = word_set(
    "can could may might must shall should will would do does did is are was were has have had not"
)
#: Nouns for a person by another one.
KIN: Final = word_set(
    "wife husband son daughter brother sister mother father friend cousin uncle aunt widow parent child "
    "colleague neighbor neighbour"
)
#: Nouns before "of" and the name of a place.
PLACE_NOUNS: Final = word_set(
    "town city village port province district region suburb county island state valley municipality"
)
NUMBERS: Final = word_set("two three four five six seven eight nine ten eleven twelve")
#: Capitalised words that open a sentence and belong to no name.
OPENERS: Final = word_set(
    "the a an this that these those it its he she they we i you his her their our my your who which "
    "what when where why how in on at by for from with without of to as but and or nor so yet if "
    "unless until while although though because since after before during about above across against "
    "among around behind below beside between beyond despite down except inside into like near off "
    "onto out outside over past through throughout toward towards under up upon within there here "
    "then now also however meanwhile still even just only not no yes some many most all both each "
    "every any few several one two three four five six seven eight nine ten more less another other "
    "others such same first second third last next earlier later today yesterday tomorrow asked is "
    "was are were be been being has have had do does did will would can could may might must should "
    "shall let please say says said according speaking instead moreover furthermore indeed perhaps "
    "maybe exiled once again ever never often sometimes usually recently finally eventually "
    "ultimately well too very much him them me us himself herself themselves nothing something "
    "everything anything nobody somebody everyone everybody anyone someone told added amid per via "
    "ask tell stop remember consider imagine thank believe blame bring send watch ignore forget beware "
    "amongst reportedly allegedly apparently whereas whether unlike besides apart regarding concerning "
    "given considering "
    "versus vs ago back far long soon currently separately similarly additionally nevertheless "
    "nonetheless otherwise thus hence therefore rather quite mrs. listen look oh ok okay thank "
    "thanks sorry hello hey photo image credit reporting editing writing read watch click share "
    "follow update breaking exclusive video published updated posted by-line"
)
CALENDAR: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december mon tue tues wed thu thur thurs fri sat sun jan feb "
    "mar apr jun jul aug sept sep oct nov dec pm am est edt gmt utc bst cet pst pdt christmas easter ramadan"
)
#: Months whose names people bear, and what stands before a month that is one.
NAMES_OF_MONTHS: Final = word_set("jan april june august")
BEFORE_MONTHS: Final = word_set(
    "in since last late early mid by until of from this next and to through during before after for on"
)
#: Second halves of Korean and Chinese given names, written small after a hyphen ("Ki-moon").
GIVEN_ENDINGS: Final = word_set(
    "un moon il jong hye hee ho hyun hyung jae jin joo joon jun jung kyu kyung min myung nam sang seok seong "
    "seung shik sik soo sook sung suk tae woo won wook yeon yong young yun hui chul cheol bok dae eun geun "
    "gun hak han hwa hwan bum beom kook kyun lim mi ok pyo ryong sop yop jeou ying ming wen shek bian kuan "
    "hsien ting chung cheng ching chen fang hsiung hua jen jung kuo lung mei ping shan shih tang tsung wei "
    "yao yi yuan yung"
)
NAME_PARTICLES: Final = word_set(
    "de van der von den bin ibn bint al el la di da du dos del della ben abu ter ul ud abd"
)
ARTICLE_PREFIXES: Final = (
    "al-",
    "el-",
    "as-",
    "ash-",
    "an-",
    "ad-",
    "ar-",
    "at-",
    "az-",
    "ul-",
    "ut-",
    "d'",
    "d’",
)
ABBREVIATIONS: Final = word_set(
    "mr mrs ms dr prof pres amb sec cmdr brig cpl "
    "sen rep gov gen col lt maj capt sgt adm rev st hon jr sr supt det no vs inc corp ltd"
)
SUFFIXES: Final = word_set("jr sr ii iii iv")
PARTIES: Final = word_set(
    "republican democrat democratic conservative labour liberal independent socialist green tory "
    "catholic muslim christian jewish kurdish arab western islamist sunni shiite shia alawite "
    "african european asian republicans democrats conservatives tories muslims christians jews arabs "
    "kurds islamists sunnis shiites alawites americans africans europeans hispanic hispanics latino "
    "latinos indian iowan gop southern northern eastern evangelical evangelicals"
)
#: Places that look like persons or bodies: the states of the United States, large cities, regions.
PLACES: Final = phrase_set(
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|"
    "illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|"
    "mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|"
    "north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|"
    "south dakota|tennessee|texas|utah|vermont|west virginia|wisconsin|wyoming|new york city|"
    "los angeles|san francisco|las vegas|san diego|hong kong|des moines|cedar rapids|middle east|"
    "north africa|west africa|east africa|latin america|south america|north america|central america|"
    "europe|africa|asia|eastern europe|western europe|southeast asia|aleppo|homs|hama|deraa|idlib|"
    "gaza|west bank|gaza strip|capitol hill|wall street|silicon valley|super tuesday|trump tower|"
    "chicago|boston|philadelphia|miami|dallas|houston|atlanta|detroit|seattle|denver|cleveland|"
    "orlando|phoenix|baltimore|istanbul|geneva|golan heights|supreme leader|red sea|persian gulf|"
    "gulf|rust belt|bible belt|midwest|south|north|east|west|washington state|civil war|cold war|"
    "world war|second amendment|first amendment|tea party express|election day|oval office"
)
#: Bodies that carry no noun of their kind in their names.
BODIES: Final = phrase_set(
    "congress|senate|house|pentagon|hezbollah|hizbollah|hizbullah|hamas|taliban|taleban|al qaeda|"
    "al-qaeda|al qaida|al-qaida|fatah|nato|opec|unicef|unesco|interpol|europol|eurostat|greenpeace|"
    "isis|isil|islamic state|daesh|boko haram|fbi|cia|nsa|irs|epa|dnc|rnc|gop|scotland yard|"
    "state department|justice department|knesset|duma|bundestag|kremlin-backed|google|facebook|"
    "twitter|apple|microsoft|amazon|uber|exxon|goldman sachs|morgan stanley|boeing|wikileaks|"
    "quinnipiac|gallup|treasury|amnesty international|human rights watch|red cross|red crescent|"
    "red army|un|u.n|u.n.|eu|e.u|e.u.|imf|who|iaea|icc|opcw|un security council|"
    "doctors without borders|oxfam|nra|aclu|naacp"
)

#: Endings of plural nouns for people.
PEOPLE_ENDINGS: Final = ("ists", "ers", "ors", "ians", "ants", "ates", "crats", "men", "women", "ents")

MALE_PRONOUNS: Final = word_set("he his him himself")
FEMALE_PRONOUNS: Final = word_set("she her hers herself")
PLURAL_PRONOUNS: Final = word_set("they their them themselves theirs")
FIRST_PERSON: Final = word_set("i me my mine myself we us our ours ourselves")
NEUTER: Final = word_set("it its itself")
REFLEXIVES: Final = word_set("himself herself itself themselves myself ourselves")
RELATIVES: Final = word_set("who which that whom whose")
SECOND_PERSON: Final = word_set("you your yours yourself yourselves")
PRONOUNS: Final = (
    MALE_PRONOUNS | FEMALE_PRONOUNS | PLURAL_PRONOUNS | FIRST_PERSON | NEUTER | RELATIVES | SECOND_PERSON
)
PREPOSITIONS: Final = word_set(
    "of for from in at on with to by about against into near over under after before between among "
    "during through within without like than despite around toward towards across including upon "
    "behind as inside outside amid per via"
)
DETERMINERS: Final = word_set(
    "the a an this that these those his her its their our my your one two three another some any no "
    "each every"
)


@cache
def given_names() -> dict[str, str]:
    """Return folded given name -> ``"m"`` or ``"f"``."""
    table: dict[str, str] = {}
    for line in files(__package__).joinpath("given_names.txt").read_text("utf-8").splitlines():
        gender, _, names = line.partition(" ")
        if gender in {"m", "f"}:
            table.update(dict.fromkeys(names.casefold().split(), gender))
    return table
