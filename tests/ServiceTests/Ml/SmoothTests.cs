using PcBench.Contracts.Api;
using PcBench.Ml.Models;
using PcBench.Ml.Tables;

namespace PcBench.ServiceTests.Ml;

/// <summary>The curve of memory, fitted to machines whose memory follows a law that it does not know.</summary>
public sealed class SmoothTests
{
    private static readonly string[] Seen = ["Skylake", "CascadeLake", "IceLake", "SapphireRapids", "Zen2", "Zen3", "Zen4"];
    private static readonly int[] Cores = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48];
    private static readonly int[] ThreadsPerCore = [1, 2];

    [Fact]
    public void A_core_that_was_not_seen_follows_the_law_of_the_others()
    {
        var curve = Fit(rows: Machines(Seen), strangeEach: int.MaxValue);

        foreach (var (features, log) in Machines(["EmeraldRapids"]))
            curve.Evaluate(features).ShouldBe(log, 0.12);
    }

    [Fact]
    public void One_machine_in_nine_that_reads_a_fifth_moves_it_less_than_a_mean()
    {
        var rows = Machines(Seen);
        var (honest, doubted) = (Fit(rows, int.MaxValue), Fit(rows, strangeEach: 9));

        rows.Average(row => honest.Evaluate(row.Features) - doubted.Evaluate(row.Features)).ShouldBeInRange(0, Math.Log(5) / 9 / 2);
    }

    [Fact]
    public void It_is_the_same_after_it_was_stored()
    {
        var rows = Machines(Seen);
        var curve = Fit(rows, int.MaxValue);
        var memory = new MemoryStream();
        curve.Write(new BinaryWriter(memory));
        memory.Position = 0;
        var read = Smooth.Read(MachineFeatures.Server, new BinaryReader(memory));

        memory.Position.ShouldBe(memory.Length);
        rows.Select(row => read.Evaluate(row.Features)).ShouldBe(rows.Select(row => curve.Evaluate(row.Features)));
    }

    private static Smooth Fit(IReadOnlyList<(float[] Features, double Log)> rows, int strangeEach) => Smooth.Fit(
        MachineFeatures.Server, [.. rows.Select(row => row.Features)], [.. rows.Select((row, i) => row.Log - (i % strangeEach == strangeEach - 1 ? Math.Log(5) : 0))], [.. rows.Select(_ => 1.0)], seed: 3);

    /// <summary>Nine tenths of what is readable, and less of it the more threads share a core.</summary>
    private static List<(float[] Features, double Log)> Machines(IEnumerable<string> cores) =>
    [
        .. from core in cores
           from count in Cores
           from threads in ThreadsPerCore
           let features = MachineFeatures.Of(MachineKind.Server, new Hardware { Microarchitecture = core, Cores = count, Threads = count * threads, Sockets = 1, NumaNodes = 1, Hypervisor = "KVM", Shared = false })
           select (features, features[MachineFeatures.Server.Of("readable")] + Math.Log(threads == 2 ? 0.8 : 0.9)),
    ];
}
