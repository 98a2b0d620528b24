using PcBench.Ml.Registry;
using PcBench.Ml.Training;

namespace PcBench.ServiceTests.Ml;

/// <summary>One model on simulated machines, for all tests of this assembly that need one.</summary>
public sealed class TrainedOnce : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-ml-").FullName;

    public TrainedOnce()
    {
        File.WriteAllText(Table, SimulatedMachines.Csv(0, 16, 30));
        Trained = Train();
    }

    internal string Table => Path.Combine(folder, "machines.csv");

    internal Trained Trained { get; }

    internal Trained Train() => Trainer.Train([Table], 1, DateTimeOffset.UnixEpoch, _ => { }, CancellationToken.None);

    internal ModelCard CardOf(double error) => Trained.Card with { Split = Trained.Card.Split.ToDictionary(metric => metric.Key, metric => metric.Value with { MdApe = error }) };

    public void Dispose() => Directory.Delete(folder, true);
}
