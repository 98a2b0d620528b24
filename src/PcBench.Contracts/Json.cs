using System.Text.Json;
using System.Text.Json.Serialization;
using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Contracts;

/// <summary>Writes an enum as its name in camel case and reads nothing else: no numbers, no other spelling.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>
/// JSON of the result document: strict. Unknown members, duplicate members, missing members, comments, trailing commas
/// and nesting deeper than 16 are refused, so that what is signed, what is stored and what is read are the same thing.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16)]
[JsonSerializable(typeof(ResultDocument))]
public sealed partial class DocumentJson : JsonSerializerContext;

/// <summary>
/// JSON of the HTTP API: camel case, nulls left out, members added later are ignored by older clients. A member that stands twice is refused,
/// for readers on the way may have taken the other one.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(ResultView))]
[JsonSerializable(typeof(LeaderboardPage))]
[JsonSerializable(typeof(CpuList))]
[JsonSerializable(typeof(CpuView))]
[JsonSerializable(typeof(SearchView))]
[JsonSerializable(typeof(CompareView))]
[JsonSerializable(typeof(ScoringView))]
[JsonSerializable(typeof(VersionView))]
[JsonSerializable(typeof(VisibilityChange))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(AssessRequest))]
[JsonSerializable(typeof(AssessBatch))]
[JsonSerializable(typeof(AssessmentBatch))]
[JsonSerializable(typeof(Assessment))]
[JsonSerializable(typeof(PredictRequest))]
[JsonSerializable(typeof(Prediction))]
[JsonSerializable(typeof(PredictBatch))]
[JsonSerializable(typeof(PredictionBatch))]
[JsonSerializable(typeof(ExportRow))]
[JsonSerializable(typeof(AppealRequest))]
[JsonSerializable(typeof(AppealList))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(ImportedResult))]
[JsonSerializable(typeof(ImportSummary))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(CpuImports))]
public sealed partial class ApiJson : JsonSerializerContext;
