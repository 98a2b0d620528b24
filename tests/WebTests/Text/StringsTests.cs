using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PcBench.Contracts;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;
using PcBench.Web.Text;

namespace PcBench.WebTests.Text;

public sealed partial class StringsTests
{
    // Keys that the code puts together: "score." + kind and the like.
    private static readonly string[] Families = ["score.", "name.", "units.", "mark.", "evidence.", "advice.", "fit.", "visibility.", "preset.", "disk.", "field.", "finding.", "reason.", "failure.", "cache.", "property."];

    public static TheoryData<Strings> Languages => [Strings.English, Strings.Russian];

    [Fact]
    public void Both_languages_have_the_same_keys() =>
        Strings.Russian.Keys.Order().ShouldBe(Strings.English.Keys.Order());

    [Fact]
    public void Both_languages_fill_the_same_places()
    {
        foreach (var key in Strings.English.Keys)
            Places(Strings.Russian[key]).ShouldBe(Places(Strings.English[key]), key);
    }

    [Fact]
    public void Every_key_in_the_code_has_a_text()
    {
        var keys = Strings.English.Keys.ToHashSet();
        var subjects = keys.Select(Subject).ToHashSet();

        var missing = KeyPattern().Matches(Source()).Select(match => match.Groups[1].Value).Distinct()
            .Where(key => subjects.Contains(Subject(key)) && !keys.Contains(key) && !keys.Contains($"field.{key}"));

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_is_used()
    {
        var source = Source();
        var unused = Strings.English.Keys
            .Where(key => !source.Contains($"\"{key}\"", StringComparison.Ordinal) && !Families.Any(family => key.StartsWith(family, StringComparison.Ordinal)));

        unused.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Everything_the_server_names_by_id_has_a_name(Strings texts)
    {
        foreach (var board in Board.All)
        {
            texts.Find($"name.{board.Name}").ShouldBe(board.Unit == "points" ? null : texts.Board(board.Name), board.Name);
            texts.Board(board.Name).ShouldNotBe(board.Name);
            texts.Keys.ShouldContain($"units.{board.Unit}");
        }

        foreach (var mark in Enum.GetValues<ResultMark>())
            texts.Keys.ShouldContain($"mark.{Camel(mark)}");
        foreach (var fit in Enum.GetValues<Fit>())
            texts.Keys.ShouldContain($"fit.{Camel(fit)}");
        foreach (var visibility in Enum.GetValues<Visibility>())
            texts.Keys.ShouldContain($"visibility.{Camel(visibility)}");
        foreach (var preset in Enum.GetValues<RunPreset>())
            texts.Keys.ShouldContain($"preset.{Camel(preset)}");
        foreach (var disk in Enum.GetValues<DiskKind>())
            texts.Keys.ShouldContain($"disk.{Camel(disk)}");
        foreach (var cache in Enum.GetValues<CacheKind>())
            texts.Keys.ShouldContain($"cache.{Camel(cache)}");
    }

    [Fact]
    public void English_titles_are_those_of_the_catalog()
    {
        foreach (var workload in WorkloadCatalog.Scored)
            Strings.English.Board(workload.Id).ShouldBe(workload.Title);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_mark_is_told_in_the_language_of_the_page(Strings texts)
    {
        var marks = ResultMarks.Of(Sample.Troubled());
        marks.Select(mark => mark.Mark).Order().ShouldBe(Enum.GetValues<ResultMark>());
        foreach (var mark in marks)
        {
            var evidence = texts.Evidence(mark);
            if (texts == Strings.Russian)
                evidence.ShouldNotBe(mark.Evidence);
            foreach (var value in mark.Statements.SelectMany(statement => statement.Values).SelectMany(value => value.Split(", ")))
                evidence.ShouldContain(texts.Board(texts == Strings.Russian && double.TryParse(value, out _) ? value.Replace('.', ',') : value)); // workloads by their names
            (texts.Advice(mark) is null).ShouldBe(mark.Advice is null);
        }
    }

    [Fact]
    public void An_unknown_statement_keeps_the_words_of_the_server() =>
        Strings.Russian.Evidence(new MarkEvidence(ResultMark.Noisy, "Something new.", null, [new Statement("quantum", [])])).ShouldBe("Something new.");

    [Fact]
    public void Workloads_and_numbers_in_a_statement_are_as_elsewhere_on_the_page()
    {
        Strings.Russian.Evidence(new MarkEvidence(ResultMark.Noisy, "", null, [new Statement("noisy", ["sort.single, json.multi"])]))
            .ShouldContain($"{Strings.Russian.Board("sort.single")}; {Strings.Russian.Board("json.multi")}");
        Strings.Russian.Evidence(new MarkEvidence(ResultMark.Busy, "", null, [new Statement("busy.steal", ["12.5"])])).ShouldContain("12,5 %");
        Strings.English.Evidence(new MarkEvidence(ResultMark.Virtual, "", null, [new Statement("virtual", ["Some, other"])])).ShouldBe("Runs under Some, other.");
    }

    [Theory]
    [InlineData("outlier.above", "2.10", "14", "5")]
    [InlineData("outlier.below", "53", "14", "5")]
    [InlineData("inconsistent.threads", "41.5", "sort.single", "16")]
    [InlineData("limit.core", "7.2", "6")]
    [InlineData("drift", "12")]
    [InlineData("steal", "7")]
    public void A_reason_of_the_assessment_is_told_in_the_language_of_the_page(string code, params string[] values)
    {
        var finding = new Finding(null, "outlier", "In English.") { Statement = new Statement(code, values) };
        foreach (var (texts, point) in new[] { (Strings.English, '.'), (Strings.Russian, ',') })
        {
            var reason = texts.Reason(finding);
            reason.ShouldNotBe(finding.Text);
            foreach (var value in values)
                reason.ShouldContain(texts.Find($"name.{value}") ?? value.Replace('.', point));
        }
    }

    [Fact]
    public void An_unknown_reason_keeps_the_words_of_the_server()
    {
        Strings.Russian.Reason(new Finding(null, "outlier", "Something old.")).ShouldBe("Something old.");
        Strings.Russian.Reason(new Finding(null, "quantum", "Something new.") { Statement = new Statement("quantum", []) }).ShouldBe("Something new.");
    }

    [Theory]
    [InlineData(1000, 980, 1020.4, "±2.0\u00A0%")]
    [InlineData(1000, 917, 1090, "±8.7\u00A0%")]
    [InlineData(300, 141, 640, "\u221253\u00A0% / +113\u00A0%")]
    public void An_interval_with_unequal_sides_names_both(double value, double low, double high, string expected) =>
        Strings.English.Around(value, low, high).ShouldBe(expected);

    [Fact]
    public void An_unknown_workload_keeps_the_title_of_the_server()
    {
        Strings.Russian.Board("quantum.single", "Quantum, one thread").ShouldBe("Quantum, one thread");
        Strings.Russian.Board("quantum.single").ShouldBe("quantum.single");
    }

    [Theory]
    [InlineData(1, "1\u00A0результат")]
    [InlineData(2, "2\u00A0результата")]
    [InlineData(5, "5\u00A0результатов")]
    [InlineData(11, "11\u00A0результатов")]
    [InlineData(12, "12\u00A0результатов")]
    [InlineData(21, "21\u00A0результат")]
    [InlineData(104, "104\u00A0результата")]
    [InlineData(112, "112\u00A0результатов")]
    public void Russian_nouns_follow_their_number(long count, string expected) =>
        Strings.Russian.Count("count.results", count).ShouldBe(expected);

    [Theory]
    [InlineData(1, "1\u00A0result")]
    [InlineData(0, "0\u00A0results")]
    [InlineData(1200, "1,200\u00A0results")]
    public void English_nouns_follow_their_number(long count, string expected) =>
        Strings.English.Count("count.results", count).ShouldBe(expected);

    [Theory]
    [InlineData(12345.6, "12,346", "12\u202F346")]
    [InlineData(54.24, "54.2", "54,2")]
    [InlineData(1.834, "1.83", "1,83")]
    [InlineData(0.01234, "0.0123", "0,0123")]
    [InlineData(0, "0", "0")]
    [InlineData(-3.5, "\u22123.50", "\u22123,50")]
    public void A_figure_has_the_digits_that_matter(double value, string english, string russian)
    {
        Strings.English.Figure(value).ShouldBe(english);
        Strings.Russian.Figure(value).ShouldBe(russian);
    }

    [Fact]
    public void Dates_sizes_and_times_are_written_in_the_language()
    {
        var time = new DateTimeOffset(2026, 5, 3, 9, 7, 0, TimeSpan.Zero);

        Strings.English.Moment(time).ShouldBe("3\u00A0May\u00A02026, 09:07\u00A0UTC");
        Strings.Russian.Date(time).ShouldBe("3\u00A0мая\u00A02026");
        Strings.English.Memory(512).ShouldBe("512\u00A0MiB");
        Strings.English.Memory(16 * 1024).ShouldBe("16\u00A0GiB");
        Strings.Russian.Memory(7900).ShouldBe("7,7\u00A0ГиБ");
        Strings.Russian.Duration(312).ShouldBe("5\u00A0мин 12\u00A0с");
    }

    [Fact]
    public void A_place_is_an_interval_unless_it_is_certain()
    {
        Strings.English.Rank(new RankInterval(3, 7, 120)).ShouldBe("3–7");
        Strings.English.Rank(new RankInterval(3, 3, 120)).ShouldBe("3");
    }

    private static string[] Places(string text) => [.. PlacePattern().Matches(text).Select(match => match.Value).Distinct().Order()];

    private static string Subject(string key) => key[..key.IndexOf('.', StringComparison.Ordinal)];

    private static string Camel<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    private static string Source([CallerFilePath] string path = "")
    {
        var web = Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "src", "PcBench.Web");
        var files = Directory.EnumerateFiles(web, "*.razor", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(web, "*.cs", SearchOption.AllDirectories));
        return string.Join('\n', files.Select(File.ReadAllText));
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex PlacePattern();

    // Keys are lower-case words with dots between; "row.Value" in a component's attribute is none.
    [GeneratedRegex("""
        "([a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9\-]*)+)"
        """)]
    private static partial Regex KeyPattern();
}
