using PcBench.Contracts.Results;

namespace PcBench.Imports;

/// <summary>What became of what was read.</summary>
public sealed class ImportCount
{
    /// <summary>So many reasons and notes are kept at most.</summary>
    public const int MaxSaid = 100;

    private readonly List<FieldError> errors = [];
    private readonly List<string> notes = [];

    /// <summary>Results that were found.</summary>
    public long Results { get; private set; }

    /// <summary>Rows, or files, that were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Figures that the source itself says failed or are empty.</summary>
    public long Skipped { get; private set; }

    /// <summary>Why rows were refused: the first.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>What a reader should know of the rest: the first.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Counts an item.</summary>
    public void Add(ImportItem item)
    {
        Results += item.Result is null ? 0 : 1;
        Skipped += item.Skipped;
        notes.AddRange(item.Notes.Take(MaxSaid - notes.Count));
        if (item.Errors.Count > 0)
            Refuse(item.Errors);
    }

    /// <summary>Counts something that is refused.</summary>
    public void Refuse(params IReadOnlyList<FieldError> reasons)
    {
        Refused++;
        errors.AddRange(reasons.Take(MaxSaid - errors.Count));
    }
}
