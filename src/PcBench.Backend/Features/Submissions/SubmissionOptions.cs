using Microsoft.Extensions.Options;
using PcBench.Platform.Hosting;

namespace PcBench.Backend.Features.Submissions;

/// <summary>How submissions queue for the store.</summary>
internal sealed class SubmissionOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Submissions";

    /// <summary>How many may wait; one more is answered with 503.</summary>
    /// <value>1 to 10,000. Default 1,024.</value>
    public int QueueLength { get; set; } = 1_024;

    /// <summary>How many are stored in one transaction at most.</summary>
    /// <value>1 to 1,000. Default 128.</value>
    public int BatchSize { get; set; } = 128;
}

/// <summary>Refuses to start on lengths that cannot work.</summary>
internal sealed class SubmissionOptionsCheck : IValidateOptions<SubmissionOptions>
{
    public ValidateOptionsResult Validate(string? name, SubmissionOptions options)
    {
        string[] errors =
        [
            .. OptionRules.Range(SubmissionOptions.Section, "QueueLength", options.QueueLength, 1, 10_000, 1_024),
            .. OptionRules.Range(SubmissionOptions.Section, "BatchSize", options.BatchSize, 1, 1_000, 128),
        ];
        return OptionRules.Outcome(errors);
    }
}
