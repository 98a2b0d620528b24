using PcBench.Ml.Registry;
using PcBench.Ml.Training;
using PcBench.ServiceTests.Ml;

[assembly: AssemblyFixture(typeof(TrainedOnce))]

namespace PcBench.ServiceTests.Ml;

/// <summary>One model on simulated machines, for all tests of this assembly that need one.</summary>
public sealed class TrainedOnce : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-ml-").FullName;
    private readonly Lazy<Trained> trained;

    public TrainedOnce()
    {
        File.WriteAllText(Table, SimulatedMachines.Csv(0, 16, 20));
        trained = new(Train); // when the first test asks for it
    }

    internal string Table => Path.Combine(folder, "machines.csv");

    internal Trained Trained => trained.Value;

    internal Trained Train() => Trainer.Train([Table], 1, DateTimeOffset.UnixEpoch, _ => { }, CancellationToken.None);

    internal ModelCard CardOf(double error) => Trained.Card with { Split = Trained.Card.Split.ToDictionary(metric => metric.Key, metric => metric.Value with { MdApe = error }) };

    public void Dispose() => Directory.Delete(folder, true);
}
