using PcBench.Contracts.Api;
using PcBench.Ml.Features.Predict;
using PcBench.Ml.Models;
using PcBench.Ml.Registry;
using PcBench.Ml.Tables;
using PcBench.Ml.Training;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Ml;

/// <summary>What a training makes of machines whose law is known.</summary>
public sealed class TrainingTests(TrainedOnce once)
{
    private LoadedModel Model => new(once.Trained.Card.Version, once.Trained.File);

    [Fact]
    public void Intervals_cover_what_they_say_on_families_that_were_not_seen()
    {
        var unseen = Machines.Of(Table.Parse("unseen.csv", SimulatedMachines.Csv(1000, 40, 15))).ToList();
        var model = once.Trained.File.Metrics.Single(metric => metric.Metric == "geekbench6.single");

        var accuracy = Evaluation.Measure(Evaluation.Score(model, unseen));

        accuracy.Coverage.ShouldBeInRange(80, 99);
        accuracy.MdApe.ShouldBeLessThan(12); // noise of family and row alone make 4 %
    }

    [Fact]
    public void Rows_of_held_out_families_are_covered_a_little_more_often_than_their_interval_says()
    {
        foreach (var metric in once.Trained.Card.Metrics.Where(metric => metric.All is not null))
            metric.All!.Coverage.ShouldBeInRange(91.5, 95, metric.Metric);
    }

    [Fact]
    public void The_same_data_and_seed_give_the_same_bytes() => once.Train().Bytes.ShouldBe(once.Trained.Bytes);

    [Fact]
    public void A_model_is_the_same_after_it_was_stored()
    {
        var read = ModelFile.Of(once.Trained.Bytes);

        read.ToBytes().ShouldBe(once.Trained.Bytes);
        Should.Throw<InvalidDataException>(() => ModelFile.Of(once.Trained.Bytes[..^100]));
    }

    [Fact]
    public void A_metric_with_too_little_data_says_so()
    {
        once.Trained.Card.Metrics.Single(metric => metric.Metric == "passmark-chart.cpu-mark").Note!.ShouldContain("not enough data: 0 rows");

        var answer = Predictor.Predict(new PredictRequest(new Hardware { Threads = 8 }, ["passmark-chart.cpu-mark"]), Model, explain: false).Metrics.Single();

        (answer.Basis, answer.Median).ShouldBe((Basis.NotEnoughData, null));
        answer.Note!.ShouldContain("does not know");
    }

    [Fact]
    public void What_is_unknown_or_contradicts_itself_widens_the_interval_and_says_so()
    {
        var known = new Hardware { CpuModel = "Chip 1", Microarchitecture = "Zen 2", Vendor = "AMD", Cores = 8, Threads = 16, BaseMhz = 2500, L2Kib = 4096, L3Kib = 16384, MemoryMib = 32768 };
        double WidthOf(Prediction prediction) => prediction.Metrics[0].High!.Value / prediction.Metrics[0].Low!.Value;
        Prediction Predict(Hardware hardware) => Predictor.Predict(new PredictRequest(hardware, ["geekbench6.single"]), Model, explain: true);

        var plain = Predict(known);
        var strange = Predict(known with { Microarchitecture = "Frobnicator 9" });
        var contradictory = Predict(known with { InstructionSets = ["AVX512F"] });
        var shared = Predict(known with { Shared = true });

        plain.Notes.ShouldBeEmpty();
        plain.Nearest!.Count.ShouldBe(5);
        plain.Metrics[0].Contributions!.ShouldNotBeEmpty();
        WidthOf(strange).ShouldBeGreaterThan(WidthOf(plain));
        strange.Notes.ShouldContain(note => note.Code == "unknown" && note.Field == "microarchitecture");
        WidthOf(contradictory).ShouldBeGreaterThan(WidthOf(plain));
        WidthOf(shared).ShouldBeGreaterThan(WidthOf(plain));
        contradictory.Notes.ShouldContain(note => note.Code == "contradiction" && note.Field == "instructionSets");
    }

    [Fact]
    public void What_its_name_says_of_cores_that_no_table_of_servers_has_counts()
    {
        double? SpeedOf(string model) => new ServerFeatures(new Hardware { CpuModel = model, BaseMhz = 2400 }).PerClock;

        SpeedOf("Intel(R) Atom(TM) CPU C2750 @ 2.40GHz")!.Value.ShouldBeInRange(0.5, 0.8);
        SpeedOf("Apple M5")!.Value.ShouldBeInRange(2.4, 3.2);
        SpeedOf("AMD EPYC 7763 64-Core Processor").ShouldBe(SpeedOf("AMD EPYC-Milan Processor"));
        SpeedOf("Chip 1").ShouldBeNull();
    }

    [Theory]
    [InlineData("AMD EPYC 7763 64-Core Processor", false)] // the data sheet tells its clock
    [InlineData("Intel(R) Xeon(R) CPU E5-2687W v4 @ 3.00GHz", false)]
    [InlineData("AMD Ryzen 9 9950X 16-Core Processor", true)]
    public void A_chart_without_a_clock_says_so_where_the_name_does_not_tell_it(string model, bool isSaid) =>
        Doubt.Of(MachineKind.Chart, new Hardware { CpuModel = model, Cores = 16 }).Notes.Any(note => note.Field == "baseMhz").ShouldBe(isSaid);

    [Fact]
    public void Without_a_model_figures_of_the_same_processor_answer_and_say_so()
    {
        var request = new PredictRequest(new Hardware { Threads = 8 }, Peers: new Dictionary<string, IReadOnlyList<double>> { ["sort.single"] = [1, 2, 3, 4, 5], ["json.single"] = [1] });

        var prediction = Predictor.Predict(request, null, explain: true);

        prediction.Metrics.Select(metric => (metric.Metric, metric.Basis, metric.Median)).ShouldBe([("json.single", Basis.NotEnoughData, null), ("sort.single", Basis.SameModel, 3)]);
        prediction.Notes.Single().Code.ShouldBe("no-model");
    }

    [Fact]
    public void A_model_that_is_worse_on_the_same_split_is_told_apart()
    {
        once.CardOf(5).IsWorseThan(once.CardOf(4)).ShouldBeTrue();
        once.CardOf(4).IsWorseThan(once.CardOf(5)).ShouldBeFalse();
        once.CardOf(4).IsWorseThan(once.CardOf(4)).ShouldBeFalse();
    }

    [Fact]
    public void Real_servers_of_held_out_families_are_predicted_within_the_stated_errors()
    {
        if (Requirement.Setting("PCBENCH_DATA") is not { } folder)
        {
            Requirement.Missing("No real machines: PCBENCH_DATA names the folder of machines.csv.");
            return;
        }

        var rows = new MetricRows("geekbench6.single", MachineKind.Server, Machines.Read([Path.Combine(folder, "machines.csv")]));

        var accuracy = Evaluation.Measure(MetricTraining.Fit(rows, 1, TestContext.Current.CancellationToken).HeldOut);

        accuracy.MdApe.ShouldBeLessThan(5.5);
        accuracy.P90.ShouldBeLessThan(18);
        accuracy.Coverage.ShouldBeInRange(85, 95);
    }
}
