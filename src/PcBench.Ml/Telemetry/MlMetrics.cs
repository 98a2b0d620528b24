using System.Diagnostics.Metrics;
using PcBench.Ml.Registry;

namespace PcBench.Ml.Telemetry;

/// <summary>Figures of this service.</summary>
internal sealed class MlMetrics
{
    private readonly Counter<long> predictions;
    private readonly Counter<long> assessments;

    public MlMetrics(IMeterFactory meters, ActiveModel active)
    {
        var meter = meters.Create("PcBench.Ml");
        predictions = meter.CreateCounter<long>("pcbench.ml.predictions", "{machine}", "Machines whose scores were predicted.");
        assessments = meter.CreateCounter<long>("pcbench.ml.assessments", "{result}", "Results that were assessed.");
        meter.CreateObservableGauge("pcbench.ml.model", () => active.Current is { } model
            ? new Measurement<int>(1, new KeyValuePair<string, object?>("version", model.Version)) : new Measurement<int>(0), null, "1 while a model is active, with its version.");
        meter.CreateObservableGauge("pcbench.ml.model.trained.timestamp", () => active.Current?.Trained is { } trained
            ? [new Measurement<double>(trained.ToUnixTimeSeconds())] : Array.Empty<Measurement<double>>(), "s", "When the active model was trained, Unix time.");
    }

    public void Predicted(int machines) => predictions.Add(machines);

    public void Assessed(Contracts.Api.Fit fit) => assessments.Add(1, new KeyValuePair<string, object?>("fit", fit.ToString()));
}
