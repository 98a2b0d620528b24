using Microsoft.Extensions.Options;

namespace PcBench.Platform.Data;

/// <summary>Where the embedded stores live.</summary>
public sealed class DataOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Data";

    /// <summary>Folder for the database file and the documents; made at start where it is missing.</summary>
    /// <value>A path; relative ones are under the working directory. Default <c>data</c>.</value>
    public string Folder { get; set; } = "data";

    /// <summary>Path of the SQLite file.</summary>
    public string DatabasePath => Path.Combine(Path.GetFullPath(Folder), "pcbench.db");

    /// <summary>Folder of the documents.</summary>
    public string BlobFolder => Path.Combine(Path.GetFullPath(Folder), "blobs");
}

/// <summary>Refuses to start on a folder that cannot hold data.</summary>
public sealed class DataOptionsCheck : IValidateOptions<DataOptions>
{
    public ValidateOptionsResult Validate(string? name, DataOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Folder))
            return Failed(options, "is empty", "Give a folder that this account may write to");
        try
        {
            Directory.CreateDirectory(options.BlobFolder);
            return ValidateOptionsResult.Success;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Failed(options, $"cannot be made or written: {error.Message.TrimEnd('.')}", "Give a folder that this account may write to");
        }
    }

    private static ValidateOptionsResult Failed(DataOptions options, string problem, string fix) =>
        ValidateOptionsResult.Fail($"Data:Folder = '{options.Folder}' {problem}. {fix}, in appsettings.json or as environment variable Data__Folder.");
}
