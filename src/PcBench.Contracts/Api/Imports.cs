using System.Text.Json.Serialization;
using PcBench.Contracts.Results;
using PcBench.Contracts.Workloads;

namespace PcBench.Contracts.Api;

/// <summary>What a file with results of another program is.</summary>
[JsonConverter(typeof(CamelCase<ImportFormat>))]
public enum ImportFormat
{
    /// <summary>The document of Geekbench 6: JSON (<c>.gb6</c>).</summary>
    Geekbench6,

    /// <summary>The results of PassMark PerformanceTest for Linux and macOS: YAML.</summary>
    Passmark,

    /// <summary><c>composite.xml</c> of the Phoronix Test Suite.</summary>
    Phoronix,

    /// <summary>A table with a header line: CSV, with a map that says what its columns are.</summary>
    Csv,

    /// <summary>What <c>pcbench import</c> sends: an <see cref="ImportedResult"/> a line (JSON Lines).</summary>
    Pcbench,
}

/// <summary>A figure that another program measured.</summary>
/// <param name="Name">Its own name: <c>geekbench6.single</c>, <c>phoronix.pts/stream-1.3/type-copy</c>. Lower case letters, digits and <c>. _ - / +</c>; at most 200.</param>
/// <param name="Value">The figure; finite and over 0.</param>
/// <param name="Unit">Its unit: <c>points</c>, <c>MB/s</c>. At most 40 characters.</param>
/// <param name="Better">Which direction is better.</param>
public sealed record ImportedMetric(string Name, double Value, string Unit, Better Better);

/// <summary>
/// One machine's figures by another program. Imported results are a tier of their own: they are never ranked and never in
/// the statistics of results that PcBench measured.
/// </summary>
public sealed record ImportedResult
{
    /// <summary>What it was read from; never <c>pcbench</c>.</summary>
    public required ImportFormat Format { get; init; }

    /// <summary>Program and version that measured: <c>Geekbench 6.3.0 Pro</c>. At most 160 characters.</summary>
    public required string Program { get; init; }

    /// <summary>When it was measured, UTC, where the source says so.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>The source's own mark of it, where it has one: a checksum, the key of a row. At most 160 characters.</summary>
    public string? SourceId { get; init; }

    /// <summary>The machine, as far as the source says.</summary>
    public required Hardware Hardware { get; init; }

    /// <summary>1 to 1,000 figures; each name once.</summary>
    public required IReadOnlyList<ImportedMetric> Metrics { get; init; }
}

/// <summary>Answer of <c>POST /api/v1/imports</c>: what became of what was sent.</summary>
/// <param name="Id">Id of the import: what its owner deletes it by. Absent where nothing was stored.</param>
/// <param name="Format">What it was read as.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="Results">Results that were found.</param>
/// <param name="Stored">Of these, those that are new and stored; where <paramref name="DryRun"/>, those that would be if they are new.</param>
/// <param name="Known">Of these, those that this owner imported before.</param>
/// <param name="Refused">Rows, or files, that were refused.</param>
/// <param name="Skipped">Figures that the source itself says failed or are empty.</param>
/// <param name="Errors">Why rows were refused, with line or path: the first 100.</param>
/// <param name="Notes">What a reader should know of the rest: the first 100.</param>
/// <param name="DryRun">Whether it was only read.</param>
public sealed record ImportSummary(
    string? Id,
    ImportFormat Format,
    Visibility Visibility,
    long Results,
    long Stored,
    long Known,
    long Refused,
    long Skipped,
    IReadOnlyList<FieldError> Errors,
    IReadOnlyList<string> Notes,
    bool DryRun);

/// <summary>Answer of <c>GET /api/v1/imports/{id}</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Format">What it was read from.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="ImportedAt">When, UTC.</param>
/// <param name="Owned">Whether the asker proved to be its owner.</param>
/// <param name="Count">Results in it.</param>
/// <param name="Results">The first 100 of them.</param>
public sealed record ImportView(
    string Id, ImportFormat Format, Visibility Visibility, DateTimeOffset ImportedAt, bool Owned, long Count, IReadOnlyList<ImportedResult> Results);

/// <summary>Answer of <c>GET /api/v1/cpus/{id}/imports</c>: what other programs measured on one CPU model.</summary>
/// <param name="Id">Id of the CPU model.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Results">Public imported results of this model; the figures below are of the newest 500 at most.</param>
/// <param name="Metrics">The figures by metric, in the order of their names.</param>
public sealed record CpuImports(string Id, string Name, long Results, IReadOnlyList<ImportedFigures> Metrics);

/// <summary>What imported results say of one metric.</summary>
/// <param name="Metric">The metric's own name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Better">Which direction is better.</param>
/// <param name="Program">Programs that measured it, without their versions.</param>
/// <param name="Count">Results.</param>
/// <param name="Median">Their median.</param>
/// <param name="Low">The lowest of them.</param>
/// <param name="High">The highest of them.</param>
public sealed record ImportedFigures(
    string Metric, string Unit, Better Better, string Program, long Count, double Median, double Low, double High);
