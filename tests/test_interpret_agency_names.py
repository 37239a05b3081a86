"""Names of public bodies in lists and behind a yes, as civil servants write them: the names alone."""

from __future__ import annotations

import pytest

from msqgraph.interpret.agency_lists import read_agency_list
from msqgraph.interpret.answered_agencies import find_answered_agencies
from msqgraph.interpret.passages import Passage
from msqgraph.interpret.yes_no import read_yes_no


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "The Ministry of Finance (MoF) - www.mof.gov.example and the Revenue Authority - website under "
            "construction",
            ["Ministry of Finance", "Revenue Authority"],
        ),
        ("en", "Ministry of Water (no website)", ["Ministry of Water"]),
        ("en", "Ministry of Water and Sanitation, which has no website yet.", ["Ministry of Water and Sanitation"]),
        ("en", "Ministry of Health. Website: www.health.gov.example", ["Ministry of Health"]),
        ("en", "Name: Ministry of Health; URL: www.health.gov.example", ["Ministry of Health"]),
        (
            "en",
            "E-government is coordinated by the Ministry of ICT and Innovation (MINICT), www.minict.gov.example.",
            ["Ministry of ICT and Innovation"],
        ),
        (
            "en",
            "The Ministry of Communications is responsible for e-government. Its website is www.moc.gov.example",
            ["Ministry of Communications"],
        ),
        (
            "en",
            "Responsibility lies with the Department of Public Expenditure: https://per.gov.example",
            ["Department of Public Expenditure"],
        ),
        ("en", "Ministry of Education & Ministry of Youth", ["Ministry of Education", "Ministry of Youth"]),
        (
            "en",
            "Energy - Ministry of Energy, www.energy.gov.example; Water - Ministry of Water, www.water.gov.example",
            ["Ministry of Energy", "Ministry of Water"],
        ),
        (
            "en",
            "a) Ministry of Education (https://moe.example)\nb) Higher Education Council (https://hec.example)",
            ["Ministry of Education", "Higher Education Council"],
        ),
        (
            "en",
            "Social Security Fund, Ministry of Labour and Social Affairs",
            ["Social Security Fund", "Ministry of Labour and Social Affairs"],
        ),
        (
            "en",
            "Central Statistics Office; Inland Revenue Department",
            ["Central Statistics Office", "Inland Revenue Department"],
        ),
        (
            "en",
            "Office of the Prime Minister, Department of Information and Communications Technology",
            ["Office of the Prime Minister", "Department of Information and Communications Technology"],
        ),
        ("en", "“Ministry of Agriculture” (www.agri.gov.example)", ["Ministry of Agriculture"]),
        (
            "en",
            "Ministry of Labour, Employment and Social Security (MLESS) | www.labour.gov.example",
            ["Ministry of Labour, Employment and Social Security"],
        ),
        ("en", "Ministry of Trade - official website: https://trade.example", ["Ministry of Trade"]),
        ("en", "Education is a matter of the federal states.", []),
        ("en", "There is no single ministry in charge.", []),
        (
            "en",
            "Ministry of Finance (www.mof.example) together with the Customs Service (www.customs.example)",
            ["Ministry of Finance", "Customs Service"],
        ),
        ("en", "Information Technology Authority – ITA (www.ita.example)", ["Information Technology Authority"]),
        (
            "en",
            "Ministry of Environment, Climate Change and Technology [www.env.example], Environmental "
            "Protection Agency [www.epa.example]",
            ["Ministry of Environment, Climate Change and Technology", "Environmental Protection Agency"],
        ),
        (
            "en",
            "Two bodies share the task: the Ministry of Labour and the Employment Service.",
            ["Ministry of Labour", "Employment Service"],
        ),
        ("en", "Same as 5a", []),
        ("en", "Ministry of Health: website not available", ["Ministry of Health"]),
        (
            "es",
            "La Secretaría de Gobierno Digital (SGD) es el órgano rector: www.sgd.gob.example",
            ["Secretaría de Gobierno Digital"],
        ),
        (
            "es",
            "El organismo encargado es el Ministerio de Modernización, www.mod.gob.example",
            ["Ministerio de Modernización"],
        ),
        (
            "es",
            "Corresponde a la Agencia de Gobierno Electrónico (AGETIC) – www.agetic.example",
            ["Agencia de Gobierno Electrónico"],
        ),
        ("es", "Ministerio de Energía (en construcción)", ["Ministerio de Energía"]),
        ("es", "Ministerio de Energía y Minas: no cuenta con página web", ["Ministerio de Energía y Minas"]),
        ("es", "Ministerio del Ambiente. Página web: www.ambiente.gob.example", ["Ministerio del Ambiente"]),
        ("es", "Nombre: Ministerio de Salud\nSitio web: www.salud.gob.example", ["Ministerio de Salud"]),
        (
            "es",
            "Ministerio de Agricultura, Ganadería y Pesca y Servicio Nacional de Sanidad",
            ["Ministerio de Agricultura, Ganadería y Pesca", "Servicio Nacional de Sanidad"],
        ),
        (
            "es",
            "Ministerio de Trabajo (www.trabajo.example), así como el Instituto Nacional de Empleo (www.ine.example)",
            ["Ministerio de Trabajo", "Instituto Nacional de Empleo"],
        ),
        (
            "es",
            "Caja Costarricense de Seguro Social (CCSS), Instituto Mixto de Ayuda Social (IMAS)",
            ["Caja Costarricense de Seguro Social", "Instituto Mixto de Ayuda Social"],
        ),
        (
            "es",
            "La rectoría está a cargo de la Oficina Nacional de Tecnologías y del Consejo de Ministros",
            ["Oficina Nacional de Tecnologías", "Consejo de Ministros"],
        ),
        (
            "es",
            "Energía: Ministerio de Energía (www.energia.example) / Agua: Autoridad del Agua (sin sitio web)",
            ["Ministerio de Energía", "Autoridad del Agua"],
        ),
        ("fr", "Le Ministère de la Santé (site en construction)", ["Ministère de la Santé"]),
        (
            "fr",
            "L’Agence de l’eau et le Ministère de l’Énergie : www.energie.example",
            ["Agence de l’eau", "Ministère de l’Énergie"],
        ),
        (
            "fr",
            "Le pilotage est assuré par la Direction interministérielle du numérique (DINUM), www.dinum.example",
            ["Direction interministérielle du numérique"],
        ),
        ("fr", "Ministère de l'Eau, n'a pas de site web", ["Ministère de l'Eau"]),
        ("fr", "Ministère du Commerce – Site web : www.commerce.example", ["Ministère du Commerce"]),
        (
            "fr",
            "Ministère délégué chargé de la Transition numérique",
            ["Ministère délégué chargé de la Transition numérique"],
        ),
        (
            "fr",
            "Il s'agit du Ministère des Postes et de l'Agence du numérique.",
            ["Ministère des Postes", "Agence du numérique"],
        ),
        (
            "fr",
            "La Caisse nationale d’assurance maladie (CNAM), le Ministère de la Santé publique et l’Institut Pasteur",
            ["Caisse nationale d’assurance maladie", "Ministère de la Santé publique", "Institut Pasteur"],
        ),
        ("fr", "Nom : Ministère des Finances\nAdresse : www.finances.example", ["Ministère des Finances"]),
        ("fr", "Ministère de l'Environnement (pas de site internet)", ["Ministère de l'Environnement"]),
        ("pt", "O Ministério da Energia (sem sítio na Internet)", ["Ministério da Energia"]),
        (
            "pt",
            "As entidades são o Ministério das Finanças (www.minfin.example) e a Autoridade Tributária "
            "(www.at.example)",
            ["Ministério das Finanças", "Autoridade Tributária"],
        ),
        (
            "pt",
            "A governação electrónica está a cargo do Instituto Nacional de Fomento da Sociedade da "
            "Informação (INFOSI) - www.infosi.example",
            ["Instituto Nacional de Fomento da Sociedade da Informação"],
        ),
        ("pt", "Ministério do Ambiente: não possui página web", ["Ministério do Ambiente"]),
        ("pt", "Ministério da Agricultura; site: www.agri.example", ["Ministério da Agricultura"]),
        (
            "pt",
            "Compete à Agência para a Modernização Administrativa (AMA), www.ama.example",
            ["Agência para a Modernização Administrativa"],
        ),
        (
            "ru",
            "Уполномоченным органом является Министерство цифрового развития (www.mdr.example)",
            ["Министерство цифрового развития"],
        ),
        (
            "ru",
            "За электронное правительство отвечает Агентство информатизации – www.ai.example.",
            ["Агентство информатизации"],
        ),
        (
            "ru",
            "Энергетика: Министерство энергетики, www.minenergo.example; вода: Госводхоз, сайт отсутствует",
            ["Министерство энергетики", "Госводхоз"],
        ),
        ("ru", "Министерство труда (сайта нет)", ["Министерство труда"]),
        ("ru", "Министерство труда – не имеет сайта", ["Министерство труда"]),
        ("ru", "Министерство труда, официальный сайт: www.mintrud.example", ["Министерство труда"]),
        (
            "ru",
            "Министерство труда и занятости, а также Фонд занятости",
            ["Министерство труда и занятости", "Фонд занятости"],
        ),
        (
            "ru",
            "«Национальное агентство по чистой воде» (www.water.example)",
            ["Национальное агентство по чистой воде"],
        ),
        ("ru", "Минздрав, Фонд ОМС и Росздравнадзор", ["Минздрав", "Фонд ОМС", "Росздравнадзор"]),
        ("ru", "Название: Министерство финансов; сайт: www.mf.example", ["Министерство финансов"]),
        ("ru", "Министерство финансов (сайт в разработке)", ["Министерство финансов"]),
        (
            "ar",
            "الجهة المسؤولة هي وزارة الاتصالات وتقنية المعلومات: www.mcit.example",
            ["وزارة الاتصالات وتقنية المعلومات"],
        ),
        ("ar", "وزارة الطاقة (لا يوجد موقع إلكتروني)", ["وزارة الطاقة"]),
        (
            "ar",
            "وزارة الطاقة، الموقع: www.energy.example، ووزارة المياه، الموقع: www.water.example",
            ["وزارة الطاقة", "وزارة المياه"],
        ),
        (
            "ar",
            "وزارة المالية ووزارة التجارة والهيئة العامة للضرائب",
            ["وزارة المالية", "وزارة التجارة", "الهيئة العامة للضرائب"],
        ),
        ("ar", "الاسم: وزارة الصحة\nالموقع الإلكتروني: www.moh.example", ["وزارة الصحة"]),
        ("ar", "وزارة الصحة – الموقع قيد الإنشاء", ["وزارة الصحة"]),
        ("ar", "وزارة العمل والشؤون الاجتماعية", ["وزارة العمل والشؤون الاجتماعية"]),
        ("ar", "وزارة البيئة والمياه والزراعة: www.mewa.example", ["وزارة البيئة والمياه والزراعة"]),
        ("zh", "由工业和信息化部负责（www.miit.example）", ["工业和信息化部"]),
        ("zh", "主管部门是国家数据局，网站：www.nda.example", ["国家数据局"]),
        ("zh", "水利部（暂无网站）", ["水利部"]),
        ("zh", "国家税务总局，官方网站为www.tax.example", ["国家税务总局"]),
        ("zh", "名称：卫生部\n网址：www.moh.example", ["卫生部"]),
        ("zh", "教育部、科技部及体育总局", ["教育部", "科技部", "体育总局"]),
        ("zh", "能源：国家能源局（www.nea.example）；水务：水利部（www.mwr.example）", ["国家能源局", "水利部"]),
        ("zh", "卫生部与国家疾控中心", ["卫生部", "国家疾控中心"]),
        ("zh", "《民政部》和《社会保障局》", ["民政部", "社会保障局"]),
        ("zh", "人社部负责就业工作，网址：www.mohrss.example", ["人社部"]),
        ("es", "AGENCIA NACIONAL DE AGUAS Y ENERGÍA - WWW.ANAE.GOB.EXAMPLE", ["AGENCIA NACIONAL DE AGUAS Y ENERGÍA"]),
        ("en", "MINISTRY OF LABOUR AND SOCIAL SECURITY", ["MINISTRY OF LABOUR AND SOCIAL SECURITY"]),
        ("en", "MINISTRY OF HEALTH, NATIONAL HEALTH AUTHORITY", ["MINISTRY OF HEALTH", "NATIONAL HEALTH AUTHORITY"]),
        ("en", "Visit the Ministry of Trade at www.trade.example", ["Ministry of Trade"]),
        ("en", "Please see www.trade.example (Ministry of Trade)", ["Ministry of Trade"]),
        ("fr", "Voir le site du Ministère du Commerce : www.commerce.example", ["Ministère du Commerce"]),
        (
            "en",
            "Department of the Environment, Food and Rural Affairs; Met Office",
            ["Department of the Environment, Food and Rural Affairs", "Met Office"],
        ),
        ("en", "Cabinet Office and the Treasury", ["Cabinet Office", "Treasury"]),
        ("en", "Ministry of Finance and Treasury (www.moft.example)", ["Ministry of Finance and Treasury"]),
        ("en", "Ministry of Labour and Public Service", ["Ministry of Labour and Public Service"]),
        ("en", "The Office of the President (eGovernment Unit), https://egov.example", ["Office of the President"]),
        (
            "en",
            "Ministry of Foreign Trade / Ministry of Industry",
            ["Ministry of Foreign Trade", "Ministry of Industry"],
        ),
        (
            "en",
            "1) Ministry of Energy: https://moe.example/; 2) Water Resources Commission: N/A",
            ["Ministry of Energy", "Water Resources Commission"],
        ),
        (
            "en",
            "Ministry of Health\n(https://moh.example)\n\nNational AIDS Council\n(https://nac.example)",
            ["Ministry of Health", "National AIDS Council"],
        ),
        (
            "en",
            "Social Welfare: Department of Social Welfare (https://dsw.example); Pensions: Pensions "
            "Authority (https://pa.example)",
            ["Department of Social Welfare", "Pensions Authority"],
        ),
        ("en", "Pending", []),
        ("en", "https://moe.example", []),
        (
            "en",
            "The Ministry of Education, Science, Technology, and Vocational Training",
            ["Ministry of Education, Science, Technology, and Vocational Training"],
        ),
        ("es", "Ministerio de Relaciones Exteriores y Culto", ["Ministerio de Relaciones Exteriores y Culto"]),
        ("es", "Ministerio de Educación - MINEDUC (www.mineduc.example)", ["Ministerio de Educación"]),
        (
            "es",
            "Secretaría de Energía (SENER), Comisión Nacional del Agua (CONAGUA) y Comisión Federal de "
            "Electricidad (CFE)",
            ["Secretaría de Energía", "Comisión Nacional del Agua", "Comisión Federal de Electricidad"],
        ),
        ("es", "El IESS y el Ministerio del Trabajo", ["IESS", "Ministerio del Trabajo"]),
        (
            "es",
            "Instituto Costarricense de Electricidad (ICE): www.ice.example; Acueductos y Alcantarillados "
            "(AyA): www.aya.example",
            ["Instituto Costarricense de Electricidad", "Acueductos y Alcantarillados"],
        ),
        (
            "es",
            "Ministerio de Ambiente, Agua y Transición Ecológica",
            ["Ministerio de Ambiente, Agua y Transición Ecológica"],
        ),
        ("es", "Ministerio de Hacienda y Administración Pública", ["Ministerio de Hacienda y Administración Pública"]),
        (
            "es",
            "Superintendencia de Administración Tributaria, portal: portal.sat.gob.example",
            ["Superintendencia de Administración Tributaria"],
        ),
        ("es", "No existe una entidad específica.", []),
        (
            "fr",
            "Ministère de la Fonction publique, du Travail et de la Protection sociale",
            ["Ministère de la Fonction publique, du Travail et de la Protection sociale"],
        ),
        (
            "fr",
            "Office béninois de recherche (www.obrgm.example), Société nationale des eaux (SONEB - www.soneb.example)",
            ["Office béninois de recherche", "Société nationale des eaux"],
        ),
        (
            "fr",
            "Ministère de l’Enseignement primaire ; Ministère de l’Enseignement secondaire et technique",
            ["Ministère de l’Enseignement primaire", "Ministère de l’Enseignement secondaire et technique"],
        ),
        (
            "fr",
            "Direction générale des impôts (DGI) et Direction générale des douanes (DGD)",
            ["Direction générale des impôts", "Direction générale des douanes"],
        ),
        (
            "fr",
            "Les ministères concernés sont : le Ministère du Plan et le Ministère des Finances.",
            ["Ministère du Plan", "Ministère des Finances"],
        ),
        ("fr", "Ministère des Mines\nSite internet : www.mines.example", ["Ministère des Mines"]),
        ("fr", "Idem", []),
        (
            "pt",
            "Ministério da Agricultura, Pecuária e Abastecimento",
            ["Ministério da Agricultura, Pecuária e Abastecimento"],
        ),
        (
            "pt",
            "Ministério da Saúde - https://saude.example e ANVISA - https://anvisa.example",
            ["Ministério da Saúde", "ANVISA"],
        ),
        (
            "pt",
            "Direção-Geral do Emprego e das Relações de Trabalho (DGERT), Instituto do Emprego e Formação "
            "Profissional (IEFP)",
            ["Direção-Geral do Emprego e das Relações de Trabalho", "Instituto do Emprego e Formação Profissional"],
        ),
        (
            "pt",
            "Ministério da Administração Interna e Ministério da Justiça",
            ["Ministério da Administração Interna", "Ministério da Justiça"],
        ),
        ("pt", "O mesmo da pergunta 5a", []),
        (
            "ru",
            "Министерство энергетики и водных ресурсов Республики",
            ["Министерство энергетики и водных ресурсов Республики"],
        ),
        (
            "ru",
            "Государственное агентство водных ресурсов при Правительстве (сайт: www.water.example)",
            ["Государственное агентство водных ресурсов при Правительстве"],
        ),
        (
            "ru",
            "Министерство экономики и финансов, Государственная налоговая служба, Государственная таможенная служба",
            [
                "Министерство экономики и финансов",
                "Государственная налоговая служба",
                "Государственная таможенная служба",
            ],
        ),
        (
            "ru",
            "АО «Национальные информационные технологии» – www.nitec.example",
            ["АО «Национальные информационные технологии»"],
        ),
        (
            "ru",
            "1. Министерство образования и науки – www.edu.example\n2. Комитет по контролю (сайт в разработке)",
            ["Министерство образования и науки", "Комитет по контролю"],
        ),
        ("ru", "то же", []),
        ("ru", "Минцифры России (https://digital.example)", ["Минцифры России"]),
        (
            "ar",
            "وزارة التنمية الاجتماعية - www.mosd.example و صندوق الحماية الاجتماعية - www.spf.example",
            ["وزارة التنمية الاجتماعية", "صندوق الحماية الاجتماعية"],
        ),
        ("ar", "وزارة التجارة والصناعة وترويج الاستثمار", ["وزارة التجارة والصناعة وترويج الاستثمار"]),
        ("ar", "الهيئة العامة للبيئة (EPA): www.epa.example", ["الهيئة العامة للبيئة"]),
        (
            "ar",
            "وزارة الكهرباء والطاقة المتجددة، وزارة الموارد المائية والري",
            ["وزارة الكهرباء والطاقة المتجددة", "وزارة الموارد المائية والري"],
        ),
        ("ar", "«وزارة العمل» (www.mol.example)", ["وزارة العمل"]),
        ("ar", "لا يوجد", []),
        (
            "ar",
            "الطاقة: وزارة الطاقة (www.a.example)؛ المياه: المؤسسة العامة لتحلية المياه (www.b.example)",
            ["وزارة الطاقة", "المؤسسة العامة لتحلية المياه"],
        ),
        (
            "zh",
            "住房和城乡建设部（www.mohurd.example）、应急管理部（www.mem.example）",
            ["住房和城乡建设部", "应急管理部"],
        ),
        ("zh", "人力资源及社会保障局", ["人力资源及社会保障局"]),
        ("zh", "商务部；海关总署；国家市场监督管理总局", ["商务部", "海关总署", "国家市场监督管理总局"]),
        ("zh", "财政部（MOF），网址www.mof.example；中国人民银行，网址www.pbc.example", ["财政部", "中国人民银行"]),
        ("zh", "无", []),
        ("zh", "见5a", []),
        ("zh", "劳工及福利局，劳工处", ["劳工及福利局", "劳工处"]),
        ("zh", "数字经济与社会部（网站正在建设中）", ["数字经济与社会部"]),
        ("zh", "环境局 Environment Bureau (www.eb.example)", ["环境局"]),
    ],
)
def test_a_list_gives_the_names_and_joins_their_sites(language: str, text: str, names: list[str]) -> None:
    """Articles, labels, notes, verbs and translations are no part of a name; a site is not left without its name."""
    mentions = read_agency_list(Passage(text, language, is_for_addresses=True))
    assert [mention.name for mention in mentions if mention.name] == names
    assert not names or all(mention.name for mention in mentions)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "Yes. The Artificial Intelligence Office and the Blockchain Task Force.",
            ["Artificial Intelligence Office", "Blockchain Task Force"],
        ),
        ("en", "Yes, we have a dedicated team working on emerging technologies.", []),
        ("en", "Yes, within the Ministry of ICT.", ["Ministry of ICT"]),
        ("es", "Si. Existe un grupo de trabajo sobre inteligencia artificial.", []),
        (
            "es",
            "Sí: Centro Nacional de Inteligencia Artificial (CENIA)",
            ["Centro Nacional de Inteligencia Artificial"],
        ),
        (
            "fr",
            "Oui, le Laboratoire d'innovation publique et la Cellule Blockchain.",
            ["Laboratoire d'innovation publique", "Cellule Blockchain"],
        ),
        ("fr", "Oui. Plusieurs équipes travaillent sur ces sujets.", []),
        (
            "pt",
            "Sim, o Laboratório de Inovação (LabGov) e a Rede Nacional de Pesquisa (RNP)",
            ["Laboratório de Inovação", "Rede Nacional de Pesquisa"],
        ),
        (
            "pt",
            "Sim. O Conselho Nacional de Inteligência Artificial foi criado em 2018.",
            ["Conselho Nacional de Inteligência Artificial"],
        ),
        (
            "ru",
            "Да, Центр компетенций по искусственному интеллекту и Фонд развития технологий",
            ["Центр компетенций по искусственному интеллекту", "Фонд развития технологий"],
        ),
        (
            "ru",
            "Да. Вопросами новых технологий занимается Агентство инновационного развития.",
            ["Агентство инновационного развития"],
        ),
        ("ru", "Да, ведется работа.", []),
        (
            "ar",
            "نعم، مختبر الذكاء الاصطناعي ومركز الثورة الصناعية الرابعة",
            ["مختبر الذكاء الاصطناعي", "مركز الثورة الصناعية الرابعة"],
        ),
        ("ar", "نعم، هناك جهود كبيرة في هذا المجال.", []),
        (
            "ar",
            "نعم. الهيئة السعودية للبيانات والذكاء الاصطناعي (سدايا)",
            ["الهيئة السعودية للبيانات والذكاء الاصطناعي"],
        ),
        ("zh", "有，国家人工智能办公室和区块链研究中心。", ["国家人工智能办公室", "区块链研究中心"]),
        ("zh", "是。由科学技术部负责。", ["科学技术部"]),
        ("zh", "是的，我国高度重视新技术发展。", []),
        ("zh", "有。数字政府建设领导小组办公室（www.szb.example）负责统筹。", ["数字政府建设领导小组办公室"]),
        ("en", "National Institute of Standards", ["National Institute of Standards"]),
        (
            "en",
            "Yes. The Ministry of Science and Technology (www.most.example) and the National AI Centre.",
            ["Ministry of Science and Technology", "National AI Centre"],
        ),
        (
            "es",
            "Sí, el Ministerio de Ciencia, Tecnología e Innovación y la Agencia Nacional de Investigación.",
            ["Ministerio de Ciencia, Tecnología e Innovación", "Agencia Nacional de Investigación"],
        ),
        ("es", "Sí. Se trata del Centro Nacional de Alta Tecnología (CeNAT).", ["Centro Nacional de Alta Tecnología"]),
        (
            "fr",
            "Oui, il s’agit du Centre de recherche en intelligence artificielle.",
            ["Centre de recherche en intelligence artificielle"],
        ),
        (
            "pt",
            "Sim, a Agência Nacional de Inovação e o Centro de Competências em Nuvem.",
            ["Agência Nacional de Inovação", "Centro de Competências em Nuvem"],
        ),
        (
            "ru",
            "Да: Национальный технологический центр; Инновационный фонд.",
            ["Национальный технологический центр", "Инновационный фонд"],
        ),
        (
            "ar",
            "نعم، وكالة الفضاء (www.space.example) ومكتب الذكاء الاصطناعي",
            ["وكالة الفضاء", "مكتب الذكاء الاصطناعي"],
        ),
        ("zh", "是，数字经济局、人工智能研究院。", ["数字经济局", "人工智能研究院"]),
        ("fr", "Oui. La réflexion est engagée depuis 2018.", []),
        ("pt", "Sim. Existem várias iniciativas em curso.", []),
    ],
)
def test_a_yes_is_followed_by_names_or_by_words(language: str, text: str, names: list[str]) -> None:
    """All bodies named count, by whatever head word; what only speaks of teams and technologies names none."""
    mentions = find_answered_agencies(Passage(text, language), read_yes_no(text)[1])
    assert [mention.name for mention in mentions] == names
