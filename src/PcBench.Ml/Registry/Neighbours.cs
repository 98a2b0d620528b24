using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Ml.Models;
using PcBench.Ml.Tables;

namespace PcBench.Ml.Registry;

/// <summary>The real machines of a model, ready to be compared with one that is asked about: everything that can be is worked out once.</summary>
internal sealed class Neighbours
{
    private const int Count = 5;

    private readonly Place[] servers;
    private readonly Place[] charts;

    public Neighbours(IReadOnlyList<Example> examples)
    {
        Place[] Of(MachineKind kind) =>
            [.. examples.Where(example => example.Kind == kind).Select(example => new Place(example, Math.Log(example.Cores ?? double.NaN), Math.Log(example.Threads ?? double.NaN), Math.Log(example.Speed)))];
        (servers, charts) = (Of(MachineKind.Server), Of(MachineKind.Chart));
    }

    /// <summary>The machines with the least distance in cores, threads, speed and kind of core, the nearest first.</summary>
    public IReadOnlyList<NearMachine> Of(Hardware hardware)
    {
        var kind = servers.Length > 0 && hardware.TdpW is null ? MachineKind.Server : MachineKind.Chart;
        var (core, cpu) = (MachineFeatures.CoreOf(kind, hardware), hardware.CpuModel is { } model ? CpuName.Display(model) : null);
        double threads = hardware.Threads ?? hardware.Cores ?? 8, cores = hardware.Cores ?? threads;
        var asked = new Place(null!, Math.Log(cores), Math.Log(threads), Math.Log(ModelFile.SpeedOf(kind, hardware)));
        Span<(double Distance, int At)> nearest = stackalloc (double, int)[Count];
        var found = 0;
        var places = kind == MachineKind.Server ? servers : charts;
        for (var i = 0; i < places.Length; i++)
        {
            // Rounded, so that equal distances are: of those the first counts, and examples are in order of their processors.
            var distance = Math.Round(places[i].From(asked) + (core is null || places[i].Example.Core != core ? 0.4 : 0) + (cpu is null || places[i].Example.Cpu != cpu ? 0.1 : 0), 9);
            if (found == Count && distance >= nearest[^1].Distance)
                continue;
            var at = found < Count ? found++ : Count - 1;
            for (; at > 0 && nearest[at - 1].Distance > distance; at--)
                nearest[at] = nearest[at - 1];
            nearest[at] = (distance, i);
        }

        var machines = new NearMachine[found];
        for (var i = 0; i < found; i++)
        {
            var example = places[nearest[i].At].Example;
            machines[i] = new NearMachine(example.Cpu, example.Cores, example.Threads, Math.Round(Math.Exp(-nearest[i].Distance), 3), example.Figures,
                kind == MachineKind.Server ? "Spare Cores Inspector Data, CC BY-SA 4.0" : "PassMark charts");
        }

        return machines;
    }

    /// <summary>Where a machine stands, in logarithms; NaN where it is not known.</summary>
    private readonly record struct Place(Example Example, double Cores, double Threads, double Speed)
    {
        public double From(Place other) => (0.5 * Apart(Cores, other.Cores)) + (0.5 * Apart(Threads, other.Threads)) + (2 * Apart(Speed, other.Speed));

        private static double Apart(double one, double other) => double.IsNaN(one) ? 0 : Math.Abs(one - other);
    }
}
