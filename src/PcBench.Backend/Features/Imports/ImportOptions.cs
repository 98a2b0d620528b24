using Microsoft.Extensions.Options;
using PcBench.Platform.Hosting;

namespace PcBench.Backend.Features.Imports;

/// <summary>How much may be imported at once.</summary>
internal sealed class ImportOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Imports";

    /// <summary>The most bytes of one import.</summary>
    /// <value>1,024 to 4,294,967,296. Default 268,435,456 (256 MiB).</value>
    public long MaxBytes { get; set; } = 268_435_456;

    /// <summary>The most results of one import; what comes after them is refused.</summary>
    /// <value>1 to 10,000,000. Default 1,000,000.</value>
    public int MaxResults { get; set; } = 1_000_000;

    /// <summary>How many imports a replica takes in at once, half of them of one address; one more is answered with 503.</summary>
    /// <value>1 to 64. Default 2.</value>
    public int AtOnce { get; set; } = 2;
}

/// <summary>Refuses to start on bounds that cannot work.</summary>
internal sealed class ImportOptionsCheck : IValidateOptions<ImportOptions>
{
    public ValidateOptionsResult Validate(string? name, ImportOptions options)
    {
        string[] errors =
        [
            .. OptionRules.Range(ImportOptions.Section, "MaxBytes", options.MaxBytes, 1_024, 4_294_967_296, 268_435_456),
            .. OptionRules.Range(ImportOptions.Section, "MaxResults", options.MaxResults, 1, 10_000_000, 1_000_000),
            .. OptionRules.Range(ImportOptions.Section, "AtOnce", options.AtOnce, 1, 64, 2),
        ];
        return OptionRules.Outcome(errors);
    }
}
