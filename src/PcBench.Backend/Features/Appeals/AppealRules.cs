using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Backend.Features.Appeals;

/// <summary>What may stand in an appeal and in a decision.</summary>
internal static class AppealRules
{
    public static IReadOnlyList<FieldError> Check(DecisionRequest decision) =>
        [.. new[] { Text("reason", decision.Reason, 3, 2_000), Text("by", decision.By, 1, 100) }.OfType<FieldError>()];

    public static FieldError? Text(string field, string? text, int min, int max) =>
        text is null || text.Trim().Length < min || text.Length > max || text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            ? FieldError.Of(field, text, "It is too short or too long, or holds control characters.", $"Give {min} to {max} characters of plain text.")
            : null;
}
