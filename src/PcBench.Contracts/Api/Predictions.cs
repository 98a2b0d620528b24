using System.Text.Json.Serialization;

namespace PcBench.Contracts.Api;

/// <summary>What a predicted figure rests on.</summary>
[JsonConverter(typeof(CamelCase<Basis>))]
public enum Basis
{
    /// <summary>Too little is known: there is no figure.</summary>
    NotEnoughData,

    /// <summary>Figures of other machines with the same processor and as many threads.</summary>
    SameModel,

    /// <summary>The trained model.</summary>
    Model,
}

/// <summary>Body of the ml-service's <c>POST /v1/predict</c>.</summary>
/// <param name="Hardware">The machine.</param>
/// <param name="Metrics">Metrics to predict: <c>geekbench6.single</c>. Default: all that the model knows. At most 64.</param>
/// <param name="Peers">For each metric, figures of other machines with the same processor; asked where the model does not know the metric. At most 500 each.</param>
/// <param name="Explain">Whether contributions and nearest machines are wanted. Default: yes for one, no in a batch.</param>
public sealed record PredictRequest(
    Hardware Hardware,
    IReadOnlyList<string>? Metrics = null,
    IReadOnlyDictionary<string, IReadOnlyList<double>>? Peers = null,
    bool? Explain = null);

/// <summary>What one property of the hardware does to a predicted figure.</summary>
/// <param name="Property">The property: <c>microarchitecture</c>, <c>clock</c>, <c>cores</c>, <c>cache</c>, <c>memory</c>, <c>instructions</c>, <c>virtualisation</c>.</param>
/// <param name="Value">Its value here, for people: <c>Zen 4</c>, <c>3.7 GHz</c>.</param>
/// <param name="Factor">The figure is this many times what it would be with a typical value of the property: 1.2 is 20 % more.</param>
public sealed record Contribution(string Property, string Value, double Factor);

/// <summary>What a machine should score in one metric.</summary>
/// <param name="Metric">The metric: <c>geekbench6.multi</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Unit">Unit of the figures.</param>
/// <param name="Basis">What the figures rest on.</param>
/// <param name="Median">As many machines like this score more as score less. Absent where <paramref name="Basis"/> is <c>notEnoughData</c>.</param>
/// <param name="Low">Lower end of the interval in which 90 % of such machines lie.</param>
/// <param name="High">Upper end of that interval.</param>
/// <param name="Widened">How many times wider the interval is made because hardware is unknown or contradicts itself; 1: not at all.</param>
/// <param name="Contributions">What drives the figure, the strongest first; absent where not asked for.</param>
/// <param name="Note">Why there is no figure, or what weakens it.</param>
public sealed record MetricPrediction(
    string Metric,
    string Title,
    string Unit,
    Basis Basis,
    double? Median,
    double? Low,
    double? High,
    double Widened = 1,
    IReadOnlyList<Contribution>? Contributions = null,
    string? Note = null);

/// <summary>A real machine that is like the one asked about.</summary>
/// <param name="Cpu">Its processor.</param>
/// <param name="Cores">Its physical cores.</param>
/// <param name="Threads">Its logical processors.</param>
/// <param name="Similarity">1: the same in everything the model looks at; towards 0: unlike.</param>
/// <param name="Figures">What was measured on it, by metric.</param>
/// <param name="Source">The data set it is from.</param>
public sealed record NearMachine(string Cpu, int? Cores, int? Threads, double Similarity, IReadOnlyDictionary<string, double> Figures, string Source);

/// <summary>Something about the hardware that makes a prediction less sure.</summary>
/// <param name="Code"><c>unknown</c>: it is missing or not among the training data; <c>contradiction</c>: two statements cannot both be true; <c>no-model</c>: no model is active.</param>
/// <param name="Field">The field of <see cref="Hardware"/> it is about; absent where it is about the whole.</param>
/// <param name="Text">In words.</param>
public sealed record PredictionNote(string Code, string? Field, string Text);

/// <summary>Answer of <c>POST /v1/predict</c>.</summary>
/// <param name="Metrics">The metrics in the order of the model.</param>
/// <param name="Nearest">The nearest real machines, the most alike first; absent where not asked for or there is no model.</param>
/// <param name="Notes">What makes it less sure; empty where nothing does.</param>
/// <param name="Model">Version of the model: <c>m-20261124-8f3a91c2</c>; absent where none is active.</param>
public sealed record Prediction(
    IReadOnlyList<MetricPrediction> Metrics,
    IReadOnlyList<NearMachine>? Nearest,
    IReadOnlyList<PredictionNote> Notes,
    string? Model);

/// <summary>Body of <c>POST /v1/predict/batch</c>.</summary>
/// <param name="Items">1 to 10,000 requests.</param>
public sealed record PredictBatch(IReadOnlyList<PredictRequest> Items);

/// <summary>Answer of <c>POST /v1/predict/batch</c>.</summary>
/// <param name="Items">Predictions in the order of the requests.</param>
public sealed record PredictionBatch(IReadOnlyList<Prediction> Items);
