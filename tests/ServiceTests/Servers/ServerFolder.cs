using System.Globalization;

namespace PcBench.ServiceTests.Servers;

/// <summary>Folders of the servers of this run, in one of the temporary folder.</summary>
internal static class ServerFolder
{
    private const string Prefix = "pcbench-servers-";

    private static readonly Lazy<string> Root = new(Make);

    /// <summary>A path for a new folder; its parent exists and others may pass through it.</summary>
    public static string New(string name) => Path.Combine(Root.Value, $"{name}-{Guid.CreateVersion7():N}");

    /// <summary>Removes all of them; the servers are stopped.</summary>
    public static void Remove()
    {
        if (Root.IsValueCreated)
            Directory.Delete(Root.Value, recursive: true);
    }

    private static string Make()
    {
        RemoveThoseOfCrashes();
        var root = Path.Combine(Path.GetTempPath(), Prefix + Environment.ProcessId);
        Directory.CreateDirectory(root);
        if (!OperatingSystem.IsWindows())
        {
            // PostgreSQL is another user where this one is root.
            File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return root;
    }

    // Their servers ended with them: see ServerProcess.
    private static void RemoveThoseOfCrashes()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            if (!int.TryParse(Path.GetFileName(folder)[Prefix.Length..], CultureInfo.InvariantCulture, out var id) || IsAlive(id))
                continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or being removed by another run.
            }
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return id != Environment.ProcessId; // what has our own id was left by an earlier one
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
