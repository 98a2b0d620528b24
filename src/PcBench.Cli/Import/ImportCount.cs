using PcBench.Contracts.Api;
using PcBench.Contracts.Results;
using PcBench.Imports;

namespace PcBench.Cli.Import;

/// <summary>What became of what was read.</summary>
internal sealed class ImportCount
{
    private const int MaxSaid = 100;

    private readonly List<FieldError> errors = [];
    private readonly List<string> notes = [];

    public long Files { get; set; }

    public long Results { get; private set; }

    public long Refused { get; private set; }

    public long Skipped { get; private set; }

    public IReadOnlyList<FieldError> Errors => errors;

    public IReadOnlyList<string> Notes => notes;

    /// <summary>Counts an item of a file.</summary>
    public void Add(string file, ImportItem item)
    {
        Results += item.Result is null ? 0 : 1;
        Skipped += item.Skipped;
        notes.AddRange(item.Notes.Take(MaxSaid - notes.Count).Select(note => $"{file}: {note}"));
        if (item.Errors.Count > 0)
            Refuse([.. item.Errors.Select(error => error with { Field = $"{file}: {error.Field}" })]);
    }

    public void Refuse(params IReadOnlyList<FieldError> reasons)
    {
        Refused++;
        errors.AddRange(reasons.Take(MaxSaid - errors.Count));
    }

    /// <summary>The whole, with what the server says of what was sent.</summary>
    public ImportSummary Summary(ImportFormat? format, Visibility visibility, ImportSummary? sent) => new(
        sent?.Id, format ?? ImportFormat.Pcbench, visibility, Results, sent?.Stored ?? Results, sent?.Known ?? 0, Refused + (sent?.Refused ?? 0), Skipped,
        [.. errors, .. (sent?.Errors ?? []).Take(MaxSaid - errors.Count)], notes, DryRun: sent is null);
}
