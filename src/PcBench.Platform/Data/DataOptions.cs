using Microsoft.Extensions.Options;
using Npgsql;

namespace PcBench.Platform.Data;

/// <summary>Where results are kept: in PostgreSQL, or in a file of a folder where no server is named.</summary>
public sealed class DataOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Data";

    /// <summary>Connection string of PostgreSQL 15 or newer, as Npgsql reads it. Several hosts may be named; the primary is followed.</summary>
    /// <value><c>Host=db1,db2;Database=pcbench;Username=pcbench;Password=…</c>. Default: none, which means the embedded store.</value>
    public string? Postgres { get; set; }

    /// <summary>Folder for the embedded database file and for documents without an object store; made at start where it is missing.</summary>
    /// <value>A path; relative ones are under the working directory. Default <c>data</c>.</value>
    public string Folder { get; set; } = "data";

    /// <summary>Whether the store is the embedded one.</summary>
    public bool IsEmbedded => string.IsNullOrWhiteSpace(Postgres);

    /// <summary>Path of the SQLite file.</summary>
    public string DatabasePath => Path.Combine(Path.GetFullPath(Folder), "pcbench.db");

    /// <summary>Folder of the documents.</summary>
    public string BlobFolder => Path.Combine(Path.GetFullPath(Folder), "blobs");
}

/// <summary>Refuses to start on what cannot hold data.</summary>
public sealed class DataOptionsCheck : IValidateOptions<DataOptions>
{
    public ValidateOptionsResult Validate(string? name, DataOptions options) => options.IsEmbedded ? CheckFolder(options) : CheckPostgres(options.Postgres!);

    private static ValidateOptionsResult CheckPostgres(string connectionString)
    {
        const string fix = "Give Host=…;Database=…;Username=…;Password=… in appsettings.json or as environment variable Data__Postgres.";
        try
        {
            // The value is not repeated: it holds a password.
            return new NpgsqlConnectionStringBuilder(connectionString).Host is { Length: > 0 }
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"Data:Postgres names no host. {fix}");
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return ValidateOptionsResult.Fail($"Data:Postgres is not a connection string. {fix}");
        }
    }

    private static ValidateOptionsResult CheckFolder(DataOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Folder))
            return Failed(options, "is empty");
        try
        {
            // Private results are in it. A folder that was there is as its user wants it.
            if (!OperatingSystem.IsWindows() && !Directory.Exists(options.Folder))
                Directory.CreateDirectory(options.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Directory.CreateDirectory(options.BlobFolder);
            return ValidateOptionsResult.Success;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Failed(options, $"cannot be made or written: {error.Message.TrimEnd('.')}");
        }
    }

    private static ValidateOptionsResult Failed(DataOptions options, string problem) =>
        ValidateOptionsResult.Fail($"Data:Folder = '{options.Folder}' {problem}. Give a folder that this account may write to, in appsettings.json or as environment variable Data__Folder.");
}
