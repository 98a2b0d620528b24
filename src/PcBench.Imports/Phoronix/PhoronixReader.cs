using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Imports.Phoronix;

/// <summary>
/// Reads <c>composite.xml</c> of the Phoronix Test Suite: a result for each system in it. Where a system has the same figure
/// twice, its second ones make a second result, and so on: a run of its own, not a better or worse half of the first.
/// </summary>
internal static class PhoronixReader
{
    private const int MaxDepth = 16;
    private const string Whole = "Give composite.xml as the Phoronix Test Suite wrote it.";

    public static IReadOnlyList<ImportItem> Read(string text)
    {
        var root = Parse(text);
        var systems = root.Elements("System").ToList();
        var program = HardwareText.Clean(Text(root.Element("Generated"), "TestClient")) is { } client && client.Contains("phoronix", StringComparison.OrdinalIgnoreCase)
            ? client.Replace("phoronix-test-suite/", "Phoronix Test Suite v", StringComparison.Ordinal)
            : "Phoronix Test Suite";
        var runs = new Dictionary<(string System, int Turn), Dictionary<string, ImportedMetric>>();
        var (skipped, failed) = (0, 0);
        foreach (var result in root.Elements("Result"))
        {
            // Time and size of the installation stand among the results, without an identifier; text without a unit is no figure.
            if (Text(result, "Identifier") is not { Length: > 0 } || PhoronixMetric.Of(result) is not { } metric)
            {
                skipped += result.Descendants("Entry").Count();
                failed += result.Descendants("Entry").Count(IsFailed);
                continue;
            }

            foreach (var entry in result.Elements("Data").Elements("Entry"))
            {
                if (FigureOf(entry) is not { } figure)
                    (skipped, failed) = (skipped + 1, failed + (IsFailed(entry) ? 1 : 0));
                else
                    Add(runs, Text(entry, "Identifier") ?? "", metric with { Value = figure });
            }
        }

        IReadOnlyList<string> notes = failed == 0 ? [] : [$"{failed} tests failed when they were run; they have no figure."];
        var items = runs.OrderBy(run => run.Key.Turn).Select(run => new ImportItem(ResultOf(run.Key.System, program, systems, [.. run.Value.Values]))).ToList();
        return items is [var first, .. var rest]
            ? [first with { Skipped = skipped, Notes = notes }, .. rest]
            : [new ImportItem((ImportedResult?)null) { Skipped = skipped, Notes = [.. notes, "There is no figure in it."] }];
    }

    private static XElement Parse(string text)
    {
        // No document type: no entities that grow, and nothing that is fetched from a disk or a network.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using (var depth = XmlReader.Create(new StringReader(text), settings))
            {
                while (depth.Read())
                {
                    if (depth.Depth > MaxDepth)
                        throw new RefusedException($"line {((IXmlLineInfo)depth).LineNumber}", depth.Name, $"It is nested deeper than {MaxDepth} levels.", Whole);
                }
            }

            using var reader = XmlReader.Create(new StringReader(text), settings);
            var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            return root.Name == "PhoronixTestSuite" ? root : throw new RefusedException("line 1", root.Name.LocalName, "It is no result of the Phoronix Test Suite.", Whole);
        }
        catch (XmlException error)
        {
            var problem = error.Message.Contains("DTD", StringComparison.Ordinal) ? "A document type is not taken." : "It is not whole XML.";
            throw new RefusedException($"line {Math.Max(1, error.LineNumber)}", null, problem, Whole);
        }
    }

    private static void Add(Dictionary<(string, int), Dictionary<string, ImportedMetric>> runs, string system, ImportedMetric metric)
    {
        for (var turn = 0; ; turn++)
        {
            if (!runs.TryGetValue((system, turn), out var figures))
                runs[(system, turn)] = figures = [];
            if (figures.TryAdd(metric.Name, metric))
                return;
        }
    }

    /// <returns>The figure; null where the test failed, or is a line of many.</returns>
    private static double? FigureOf(XElement entry)
    {
        if (Text(entry, "Value") is not { Length: > 0 } text || text.Contains(',', StringComparison.Ordinal) || IsFailed(entry))
            return null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var figure) || !double.IsFinite(figure) || figure < 0)
            throw new RefusedException($"line {((IXmlLineInfo)entry.Element("Value")!).LineNumber}, {Text(entry.Parent!.Parent!, "Identifier")}", text, "It is no number of 0 or more.", Whole);
        return figure == 0 ? null : figure;
    }

    private static bool IsFailed(XElement entry) => Text(entry, "JSON") is { } json && json.Contains("\"error\"", StringComparison.Ordinal);

    private static ImportedResult ResultOf(string identifier, string program, List<XElement> systems, IReadOnlyList<ImportedMetric> metrics)
    {
        var system = systems.Find(one => Text(one, "Identifier") == identifier) ?? (systems.Count == 1 ? systems[0] : null);
        return new ImportedResult
        {
            Format = ImportFormat.Phoronix,
            Program = program,
            MeasuredAt = DateTimeOffset.TryParseExact(Text(system, "TimeStamp"), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
            Hardware = PhoronixMachine.Of(Text(system, "Hardware") ?? "", Text(system, "Software") ?? ""),
            Metrics = metrics,
        };
    }

    private static string? Text(XElement? element, string child) => element?.Element(child)?.Value.Trim();
}
