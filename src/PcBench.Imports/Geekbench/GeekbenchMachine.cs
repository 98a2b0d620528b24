using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Imports.Geekbench;

/// <summary>
/// The machine of a Geekbench document. Its list <c>metrics</c> has numbers for names; those used here were told apart by
/// machines whose hardware is known. Sizes of caches are of one instance, their counts of one package.
/// </summary>
internal static class GeekbenchMachine
{
    private const int Identifier = 7;
    private const int Processor = 8;
    private const int Threads = 12;
    private const int Cores = 13;
    private const int Packages = 14;
    private const int L1Instruction = 17;
    private const int L1Data = 19;
    private const int L2 = 21;
    private const int L3 = 23;
    private const int Memory = 29;

    public static Hardware Of(JsonPlace root)
    {
        var facts = new Dictionary<int, JsonPlace>();
        foreach (var metric in root.Items("metrics"))
        {
            if (metric.Number("id") is >= 0 and <= 10_000 and var id)
                facts.TryAdd((int)id, metric);
        }

        var packages = Count(Packages);
        var words = (Text(Identifier) ?? "").Split(' ');
        return new Hardware
        {
            CpuModel = Text(Processor),
            Vendor = words is ["GenuineIntel" or "AuthenticAMD" or "ARM", ..] ? words[0] : null,
            Architecture = Architecture(root),
            CpuidFamily = After("Family"),
            CpuidModel = After("Model"),
            CpuidStepping = After("Stepping"),
            Sockets = packages,
            Cores = Count(Cores),
            Threads = Count(Threads),
            L1InstructionKib = Cache(L1Instruction),
            L1DataKib = Cache(L1Data),
            L2Kib = Cache(L2),
            L2Instances = Count(L2 + 1) * packages,
            L3Kib = Cache(L3),
            L3Instances = Whole(L3) > 0 ? Count(L3 + 1) * packages : null,
            MemoryMib = Whole(Memory) is > 0 and var bytes ? Math.Round(bytes / (1_024 * 1_024)) : null,
        };

        string? Text(int id) => facts.TryGetValue(id, out var fact) ? HardwareText.Clean(fact.Text("value")) : null;

        double Whole(int id) => facts.TryGetValue(id, out var fact) && fact.Number("ivalue") is > 0 and < 1e18 and var number ? number : 0;

        int? Count(int id) => Whole(id) is > 0 and <= 4_096 and var count ? (int)count : null;

        double? Cache(int id) => Whole(id) > 0 && Count(id + 1) is { } instances ? Whole(id) / 1_024 * instances * (packages ?? 1) : null;

        int? After(string word) => Array.IndexOf(words, word) is >= 0 and var at && at + 1 < words.Length && int.TryParse(words[at + 1], out var number) ? number : null;
    }

    private static string? Architecture(JsonPlace root) =>
        root.Element.TryGetProperty("platform", out var platform) ? HardwareText.Clean(new JsonPlace(platform).Text("architecture")) : null;
}
