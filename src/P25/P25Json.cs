using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using P25.Commands;
using P25.Deploys;
using P25.Ledger;
using P25.Plans;
using P25.Policy;
using P25.Releases;
using P25.Verify;

namespace P25;

/// <summary>Everything that p25 reads and writes as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true,
    Converters =
    [
        typeof(LowerNames<RefKind>), typeof(LowerNames<Gate>), typeof(LowerNames<Deed>), typeof(LowerNames<Ending>), typeof(LowerNames<CheckState>),
        typeof(LowerNames<ChangeKind>),
    ],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Release))]
[JsonSerializable(typeof(LedgerState))]
[JsonSerializable(typeof(LedgerRecord))]
[JsonSerializable(typeof(IReadOnlyList<LedgerRecord>))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(Hold))]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(Verification))]
[JsonSerializable(typeof(IReadOnlyList<ContourStatus>))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(DriftReport))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class P25Json : JsonSerializerContext
{
    /// <summary>For the ledger and for events: one line, and Cyrillic as it was written.</summary>
    public static P25Json Compact => field ??= new(Made(indented: false));

    /// <summary>For files and answers: for people too.</summary>
    public static P25Json Readable => field ??= new(Made(indented: true));

    private static JsonSerializerOptions Made(bool indented) => new(Default.Options)
    {
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
