using System.Text.Json;
using System.Text.Json.Serialization;
using PcBench.Contracts.Api;

namespace PcBench.Web.Api;

/// <summary>
/// JSON of the answers that these pages read. It says the same as <see cref="Contracts.ApiJson"/>, which would bring the
/// code for all the other types and for writing them into the download as well.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ResultView))]
[JsonSerializable(typeof(LeaderboardPage))]
[JsonSerializable(typeof(CpuList))]
[JsonSerializable(typeof(CpuView))]
[JsonSerializable(typeof(SearchView))]
[JsonSerializable(typeof(CompareView))]
[JsonSerializable(typeof(ScoringView))]
[JsonSerializable(typeof(VisibilityChange))]
[JsonSerializable(typeof(AppealRequest))]
[JsonSerializable(typeof(CpuImports))]
[JsonSerializable(typeof(PredictRequest))]
[JsonSerializable(typeof(Prediction))]
[JsonSerializable(typeof(ProblemView))]
internal sealed partial class WebJson : JsonSerializerContext;
