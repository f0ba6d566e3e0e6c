using System.Net;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Content;

/// <summary>The words of texts and queries in thirty-nine languages: what finds a text, and what does not.</summary>
public sealed class SearchWordsTests(SearchWordsTests.World world) : IClassFixture<SearchWordsTests.World>
{
    /// <summary>Language, text, queries that find it (～: without a mark), queries that do not.</summary>
    public static readonly TheoryData<string, string, string, string> Examples = new()
    {
        {
            "en",
            "A warning on profit/loss at AC/DC and <FID>, and/or both.",
            "profit ¦ loss ¦ profit/loss ¦ AC/DC ¦ acdc ¦ dc ¦ FID ¦ <FID> ¦ and/or ¦ warnings",
            "loss/profit"
        },
        {
            "en",
            "It cost $1,234.5 or 1,234,567 in all, up 2.5% to €30.",
            "1,234.5 ¦ 1234.5 ¦ $1,234.5 ¦ 1234567 ¦ 1,234,567 ¦ 2.5% ¦ 2.5 ¦ €30",
            "234 ¦ 1234 ¦ 567"
        },
        {
            "en",
            "COVID-19 grounded the 737-800.",
            "COVID 19 ¦ COVID19 ¦ COVID-19 ¦ covid ¦ 737 800 ¦ 737-800 ¦ \"737 800\" ¦ 737800",
            "\"19 covid\" ¦ COVID-18"
        },
        { "en", "Cases of COVID19 rose.", "COVID-19 ¦ \"covid 19\" ¦ COVID 19", "" },
        {
            "en",
            "AT&T pays for R&D of H<sub>2</sub>O at O’Brien’s plant.",
            "AT&T ¦ att ¦ R&D ¦ \"R&D\" ¦ H2O ¦ H₂O ¦ O'Brien ¦ O’Brien ¦ OBrien ¦ brien ¦ o'brien's",
            "D&R"
        },
        {
            "en",
            "The Who played for the U.S. team and IT staff in the U.K.",
            "The Who ¦ \"the who\" ¦ IT ¦ \"IT staff\" ¦ US ¦ U.S. ¦ U.S ¦ UK",
            "\"who the\" ¦ The Where"
        },
        {
            "en",
            "Write to press.office@example.co.uk or see https://www.example.org/news/2024_report?x=1 #MeToo @desk.",
            "press.office@example.co.uk ¦ example ¦ office ¦ example.org ¦ www.example.org ¦ report ¦ 2024 ¦ #MeToo ¦ metoo ¦ @desk ¦ desk"
                + " ¦ https://www.example.org/news/2024_report",
            ""
        },
        {
            "en",
            "Her e-mail said the co-operative’s state-of-the-art plan wasn’t it.",
            "email ¦ e-mail ¦ mail ¦ cooperative ¦ co-operative ¦ \"state of the art\" ¦ state-of-the-art ¦ art ¦ wasn't",
            "emails-mail"
        },
        { "en", "The naïve café owner wrote a résumé.", "naive ¦ naïve ¦ cafe ¦ cafés ¦ resume ¦ CAFÉ", "" },
        { "en", "Soft\u00adware for zero\u200dwidth and ﬁnance in ＦＵＬＬ width.", "software ¦ finance ¦ full ¦ ﬁnance", "" },
        {
            "de",
            "Die Häuser in Köln und die Straßen von Düsseldorf kosten 1.234,50 Euro.",
            "Koeln ¦ Köln ¦ Koln ¦ haus ¦ haeuser ¦ Häusern ¦ Strasse ¦ Straße ¦ STRASSEN ¦ Duesseldorf ¦ 1234,50 ¦ 1.234,50",
            "Kohln"
        },
        { "de", "Der Mueller aus Koeln trifft Goethe.", "Müller ¦ Mueller ¦ Köln ¦ göthe", "" },
        {
            "fr",
            "L’État c’est qu’aujourd’hui l’élection fut reportée à Orléans.",
            "État ¦ etat ¦ l'État ¦ l’etat ¦ élections ¦ elections ¦ aujourd’hui ¦ aujourd'hui ¦ reporté ¦ orleans",
            ""
        },
        { "es", "Los niños de la nación comieron mañana en España.", "niño ¦ nino ¦ naciones ¦ manana ¦ mañana ¦ espana", "" },
        { "pt", "As declarações do João sobre a eleição.", "declaração ¦ declarações ¦ joao ¦ eleições ¦ eleição", "" },
        {
            "it",
            "L’università dell’Aquila è in un’altra città.",
            "università ¦ universita ¦ Aquila ¦ dell'Aquila ¦ aquila ¦ altra ¦ città ¦ citta",
            ""
        },
        { "tr", "Işıklar İstanbul’da söndü; IŞIK yok.", "ışık ¦ isik ¦ istanbul ¦ İSTANBUL ¦ ışıklar ¦ söndü ¦ sondu", "" },
        { "nl", "De foto’s van het paard in ’s-Hertogenbosch en één café.", "foto's ¦ foto ¦ paarden ¦ Hertogenbosch ¦ een ¦ cafe", "" },
        { "sv", "Åke åker till Göteborg med EU:s hjälp.", "goteborg ¦ Göteborg ¦ Goeteborg ¦ EU ¦ EU:s ¦ ake ¦ hjälp", "" },
        {
            "da",
            "Borgmesteren i København og Aalborg på Sjælland.",
            "København ¦ kobenhavn ¦ koebenhavn ¦ sjælland ¦ sjaelland ¦ borgmester",
            ""
        },
        { "nb", "Statsministeren besøkte Tromsø og Ålesund.", "tromsø ¦ tromso ¦ tromsoe ¦ alesund ¦ aalesund", "" },
        { "fi", "NATO:n jäsenyys Helsingissä.", "NATO ¦ NATO:n ¦ jasenyys ¦ jäsenyys", "" },
        { "pl", "Wrocław i Łódź są większe niż Żory.", "wroclaw ¦ Wrocław ¦ lodz ¦ łódź ¦ zory", "" },
        { "cs", "Předseda vlády přijel do Příbrami.", "predseda ¦ předseda ¦ pribrami", "" },
        { "ru", "Выборы в Душанбе: «Газпром» и ёлки из-за погоды.", "выборов ¦ елка ¦ ёлка ¦ газпром ¦ \"из-за погоды\" ¦ душанбе", "" },
        { "uk", "П’ять м’ячів у Київ.", "п'ять ¦ п’ять ¦ мʼячів ¦ київ", "киів" },
        { "el", "Οι εκλογές στην Αθήνα.", "εκλογές ¦ εκλογη ¦ αθηνα ¦ ΑΘΗΝΑ ¦ Αθήνας", "" },
        {
            "ar",
            "أعلن الرئيس نتائج الانتخابات في القاهرة عام ٢٠٢٤، والمدرسة مُغلقة.",
            "الرئيس ¦ انتخابات ¦ اعلن ¦ 2024 ¦ مغلقة ¦ القاهره",
            ""
        },
        { "fa", "او کتاب\u200cهای ایرانی را در سال ۱۴۰۳ خواند.", "ایرانی ¦ ايراني ¦ 1403 ¦ ۱۴۰۳", "" },
        { "he", "מזכ\"ל צה״ל הגיע לירושלים.", "צה\"ל ¦ צה״ל ¦ ～צהל ¦ ～מזכל ¦ לירושלים", "" },
        { "hi", "चुनाव आयोग ने दिल्ली में २०२४ के परिणाम दिए।", "चुनाव ¦ दिल्ली ¦ 2024 ¦ परिणाम ¦ आयोग", "" },
        { "ta", "தமிழ்நாட்டில் தேர்தல் முடிவுகள்.", "தேர்தல் ¦ முடிவுகள்", "" },
        { "th", "การเลือกตั้งในกรุงเทพมหานคร", "เลือกตั้ง ¦ กรุงเทพ", "เชียงใหม่" },
        {
            "ja",
            "東京で選挙。トヨタ・ホンダ、ｶﾞｿﾘﾝ価格と12月3日のiPhone15が話題。",
            "選挙 ¦ 東京 ¦ トヨタ ¦ ホンダ ¦ ～ガソリン ¦ 12月 ¦ iPhone15 ¦ 京 ¦ 価格",
            "東選 ¦ 京東"
        },
        { "zh", "中国经济增长放缓，人工智能AI公司上市。", "经济 ¦ 中国经济 ¦ 人工智能 ¦ AI ¦ AI公司 ¦ 放缓", "国中 ¦ 智经" },
        { "ko", "대통령은 서울에서 열린 회의에 참석했다.", "서울 ¦ 서울에서 ¦ 서울은 ¦ 대통령이 ¦ 회의 ¦ 참석", "부산" },
        { "vi", "Thủ tướng thăm Đà Nẵng.", "Thủ tướng ¦ thu tuong ¦ da nang ¦ Đà Nẵng", "" },
        { "id", "Pemerintah membacakan keputusan.", "membaca ¦ putusan", "" },
        { "hu", "A választások Győrben.", "választás ¦ gyorben ¦ Győrben", "" },
        { "ro", "Alegerile din București și Timişoara.", "București ¦ bucuresti ¦ Bucureşti ¦ timișoara ¦ alegeri", "" },
        { "ca", "La col·lecció de l’Ajuntament.", "collecció ¦ col·lecció ¦ Ajuntament ¦ l'ajuntament", "" },
        { "ga", "Tá an t-uisce go maith.", "uisce ¦ t-uisce", "" },
    };

    public sealed class World(TestCluster cluster) : Newsroom(cluster), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Admin.BulkAsync(
                "/editorial/v1/articles/bulk?publish=true",
                Examples.Select(
                    (row, number) =>
                        new
                        {
                            headline = "—",
                            slug = $"words-{number}",
                            externalId = $"urn:words:{number}",
                            language = row.Data.Item1,
                            body = new { format = "html", content = $"<p>{Html(row.Data.Item2)}</p>" },
                        }
                )
            );
        }

        private static string Html(string text) =>
            WebUtility
                .HtmlEncode(text)
                .Replace("&lt;sub&gt;", "<sub>", StringComparison.Ordinal)
                .Replace("&lt;/sub&gt;", "</sub>", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task A_text_is_found_by_its_words_however_they_are_written(string language, string text, string finding, string missing)
    {
        List<string> wrong = [];
        foreach (var (queries, isFound) in new[] { (finding, true), (missing, false) })
        foreach (var query in queries.Split(" ¦ ", StringSplitOptions.RemoveEmptyEntries))
        {
            var page = await world.Anyone.ReadAsync(
                $"/content/v1/search?limit=100&language={language}&q={Uri.EscapeDataString(query.TrimStart('～'))}"
            );
            var found = page.Expect(HttpStatusCode.OK)["items"]!
                .AsArray()
                .FirstOrDefault(item => item!["slug"]!.GetValue<string>() == SlugOf(text));
            if (found is null == isFound)
                wrong.Add($"{query}: {(isFound ? "not found" : "found")}");
            else if (isFound && found!["highlights"]!["body"] is null && query[0] != '～')
                wrong.Add($"{query}: not marked");
        }

        Assert.Empty(wrong);
    }

    private static string SlugOf(string text) =>
        $"words-{Examples.Select((row, number) => (row.Data.Item2, number)).First(row => row.Item1 == text).number}";
}
