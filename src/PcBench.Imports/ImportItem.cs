using PcBench.Contracts.Api;
using PcBench.Contracts.Results;

namespace PcBench.Imports;

/// <summary>What one row of a table, one line of JSON Lines or one machine of a file became.</summary>
/// <param name="Result">The result; absent where it was refused, or where there was nothing in it.</param>
public sealed record ImportItem(ImportedResult? Result)
{
    /// <summary>Why it was refused: line or path, value, fix.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What a reader should know of what was kept.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Figures that the source itself says failed or are empty.</summary>
    public int Skipped { get; init; }

    /// <summary>Refused for these reasons.</summary>
    public static ImportItem Refused(params IReadOnlyList<FieldError> errors) => new((ImportedResult?)null) { Errors = errors };
}

/// <summary>The whole of a file is refused.</summary>
internal sealed class RefusedException(FieldError error) : Exception(error.ToString())
{
    public RefusedException(string field, object? value, string problem, string fix)
        : this(FieldError.Of(field, value, problem, fix))
    {
    }

    public FieldError Error { get; } = error;
}
