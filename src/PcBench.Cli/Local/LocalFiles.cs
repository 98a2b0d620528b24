using System.Security.Cryptography;

namespace PcBench.Cli.Local;

/// <summary>The files of this installation: its key pair and the results it measured.</summary>
/// <param name="home">Folder of the installation.</param>
internal sealed class LocalFiles(string home)
{
    /// <summary>The environment variable that moves the folder.</summary>
    public const string HomeVariable = "PCBENCH_HOME";

    /// <summary>The folder.</summary>
    public string Home { get; } = home;

    private string KeyPath => Path.Combine(Home, "key.pem");

    private string ResultsFolder => Path.Combine(Home, "results");

    /// <summary><c>$PCBENCH_HOME</c>, or <c>pcbench</c> in the user's local application data.</summary>
    public static LocalFiles Default() => new(
        Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home
            ? Path.GetFullPath(home)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "pcbench"));

    /// <summary>This installation's P-256 key. It is made on first use and readable by its user alone.</summary>
    public ECDsa Key()
    {
        if (!File.Exists(KeyPath))
            MakeKey();
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(KeyPath));
        return key;
    }

    /// <summary>Whether results can be kept, found out by writing a file that is gone at once.</summary>
    /// <exception cref="IOException">They cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">They cannot: this user may not write there.</exception>
    public void CheckWritable()
    {
        Directory.CreateDirectory(Home);
        using var _ = new FileStream(Path.Combine(Home, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
    }

    /// <summary>Saves a signed document under its id.</summary>
    /// <returns>The path of the file.</returns>
    public string Save(string id, byte[] document)
    {
        var path = Path.Combine(ResultsFolder, id + ".json");
        WriteWhole(path, document);
        return path;
    }

    /// <summary>Saves a result's report beside it.</summary>
    /// <returns>The path of the file.</returns>
    public string SaveReport(string id, string html)
    {
        var path = Path.Combine(ResultsFolder, id + ".html");
        WriteWhole(path, System.Text.Encoding.UTF8.GetBytes(html));
        return path;
    }

    /// <summary>Removes a result and its report.</summary>
    public void Remove(string id)
    {
        File.Delete(Path.Combine(ResultsFolder, id + ".json"));
        File.Delete(Path.Combine(ResultsFolder, id + ".html"));
    }

    /// <summary>Path of a result given as a path, an id, the beginning of an id, or <c>latest</c>; null where there is none.</summary>
    public string? Find(string name)
    {
        if (File.Exists(name))
            return name;
        if (!Directory.Exists(ResultsFolder))
            return null;
        var files = new DirectoryInfo(ResultsFolder).GetFiles("*.json");
        if (name == "latest")
            return files.MaxBy(file => file.LastWriteTimeUtc)?.FullName;
        var matches = files.Where(file => file.Name.StartsWith(name, StringComparison.Ordinal)).ToList();
        return matches.Count == 1 ? matches[0].FullName : null;
    }

    private void MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            WriteWhole(KeyPath, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()), overwrite: false);
        }
        catch (IOException) when (File.Exists(KeyPath))
        {
            // Another process was first: what it signs and what this one signs have one owner.
        }
    }

    /// <summary>Writes beside and renames, so that a file is there whole or not at all; readable by its user alone.</summary>
    private static void WriteWhole(string path, byte[] content, bool overwrite = true)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }; // never what somebody else put there
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var beside = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var file = new FileStream(beside, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
