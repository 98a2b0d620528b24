using System.CommandLine;
using System.Text;
using System.Text.Json;
using PcBench.Contracts;
using PcBench.Contracts.Statistics;
using PcBench.Contracts.Workloads;

namespace PcBench.Bench.Benchmarks.Native;

/// <summary>pcbench beside native programs that do the same work, turn by turn.</summary>
internal static class NativeBenchmark
{
    private const int ArrayMib = 128;

    public static Command Create()
    {
        var rounds = ServiceCommand.Number("--rounds", "Turns of either.", 7);
        var only = new Option<string?>("--only") { Description = "Only these workloads, with commas between. Default: all that a native program does as well." };
        var cli = new Option<string>("--pcbench") { Description = "The program that is measured.", DefaultValueFactory = _ => "artifacts/bin/PcBench.Cli/release/pcbench" };
        var processor = ServiceCommand.Number("--processor", "Logical processor on which both run, but for storage.", 0);
        var command = new Command("native", "Figures of pcbench ÷ those of native programs that do the same work; medians of turns.") { rounds, only, cli, processor };
        command.SetAction(async (parsed, cancel) =>
        {
            IReadOnlyList<string> all = [.. Yardsticks.InC, .. Yardsticks.OfFio];
            var workloads = parsed.GetValue(only)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [.. all];
            if (workloads.FirstOrDefault(id => !all.Contains(id)) is { } unknown)
            {
                Console.Error.WriteLine($"{unknown} has no native program to be compared with. There are: {string.Join(", ", all)}.");
                return 2;
            }

            var folder = Directory.CreateTempSubdirectory("pcbench-native-").FullName;
            try
            {
                var text = Path.Combine(folder, "text");
                await File.WriteAllTextAsync(text, Text(), cancel);
                var yardsticks = new Yardsticks(folder, parsed.GetValue(processor), (long)ArrayMib << 20, text);
                await yardsticks.BuildAsync(cancel);
                await CompareAsync(yardsticks, workloads, parsed.GetValue(rounds), parsed.GetValue(cli)!, parsed.GetValue(processor), folder, cancel);
                return 0;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static async Task CompareAsync(
        Yardsticks yardsticks, string[] workloads, int rounds, string cli, int processor, string folder, CancellationToken cancel)
    {
        var ours = workloads.ToDictionary(id => id, _ => new List<double>());
        // By native program and workload: "likwid/memory-copy.single"; what has no program's name is our own C or fio.
        var theirs = new Dictionary<string, List<double>>();
        for (var round = 1; round <= rounds; round++)
        {
            Console.WriteLine($"round {round} of {rounds}");
            // Disks as fio has them, wherever the system puts the thread: on a processor that the disk's answers do not come to, both are slower.
            string[] pinned = ["taskset", "-c", $"{processor}", cli];
            foreach (var (id, figure) in await OursAsync(pinned, [.. workloads.Intersect(Yardsticks.InC)], folder, cancel))
                ours[id].Add(figure);
            foreach (var (id, figure) in await OursAsync([cli], [.. workloads.Intersect(Yardsticks.OfFio)], folder, cancel))
                ours[id].Add(figure);
            foreach (var (id, figure) in await yardsticks.MeasureAsync(workloads, cancel))
                Native(id).Add(figure);
            if (Likwid.IsThere)
            {
                foreach (var (id, figure) in await Likwid.MeasureAsync(workloads, processor, (long)ArrayMib << 20, cancel))
                    Native($"likwid/{id}").Add(figure);
            }
        }

        Console.WriteLine($"{"",-32} {"pcbench",12} {"native",12}  unit");
        var compared = theirs.Select(native => (Name: native.Key, Ours: ours[native.Key.Split('/')[^1]], Theirs: native.Value, Workload: WorkloadCatalog.Find(native.Key.Split('/')[^1])!))
            .Where(native => native.Ours.Count > 0).ToList();
        foreach (var native in compared)
            Console.WriteLine($"{native.Name,-32} {SampleStatistics.Median(native.Ours),12:G5} {SampleStatistics.Median(native.Theirs),12:G5}  {native.Workload.Unit}");
        foreach (var native in compared)
        {
            // Over 1 is better than native, for times too.
            var ratio = SampleStatistics.Median(native.Ours) / SampleStatistics.Median(native.Theirs);
            Console.WriteLine($"native {native.Name} ratio {(native.Workload.Better == Better.Higher ? ratio : 1 / ratio):F2}");
        }

        List<double> Native(string name) => theirs.TryGetValue(name, out var figures) ? figures : theirs[name] = [];
    }

    private static async Task<Dictionary<string, double>> OursAsync(string[] command, string[] workloads, string folder, CancellationToken cancel)
    {
        if (workloads.Length == 0)
            return [];
        // In an environment of its own, so that no result is left with the user's.
        string[] arguments = [$"PCBENCH_HOME={folder}", .. command, "run", "--only", string.Join(',', workloads), "--storage-path", folder, "--no-report", "--json"];
        var document = JsonSerializer.Deserialize(await Yardsticks.OutputOfAsync("env", arguments, cancel), DocumentJson.Default.ResultDocument)!;
        return document.Workloads.Where(measured => workloads.Contains(measured.Id))
            .ToDictionary(measured => measured.Id, measured => SampleStatistics.FigureOf(WorkloadCatalog.Find(measured.Id)!, measured.Samples).Value);
    }

    /// <summary>Text of the kind that pcbench compresses: words of syllables, frequent ones short and often used.</summary>
    private static string Text()
    {
        var random = new Random(11);
        var words = Enumerable.Range(0, 4_000).Select(rank => string.Concat(Enumerable.Range(0, 1 + random.Next(rank < 100 ? 2 : 4))
            .Select(_ => $"{"bcdfghklmnprstvw"[random.Next(16)]}{"aeiou"[random.Next(5)]}"))).ToArray();
        var text = new StringBuilder();
        for (var word = 1; text.Length < 256 * 1024; word++)
            text.Append(words[Math.Min(random.Next(4_000), Math.Min(random.Next(4_000), random.Next(4_000)))]).Append(word % 12 == 0 ? ".\n" : " ");
        return text.ToString(0, 256 * 1024);
    }
}
