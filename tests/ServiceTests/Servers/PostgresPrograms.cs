namespace PcBench.ServiceTests.Servers;

/// <summary>PostgreSQL's programs on this machine, started as a user that PostgreSQL accepts.</summary>
internal static class PostgresPrograms
{
    private const string Packages = "/usr/lib/postgresql";

    /// <summary>The command that runs one of them. PostgreSQL refuses root, so that runs them as the package's user.</summary>
    public static string[] Command(string program, params string[] arguments) =>
        [.. IsRoot ? (string[])["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [], PathOf(program), .. arguments];

    /// <summary>Makes a folder that is theirs.</summary>
    public static async Task MakeFolderAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        if (IsRoot)
            await Programs.RunAsync("chown", "postgres:postgres", folder);
        await Programs.RunAsync("chmod", "700", folder); // it refuses a folder that others may read
    }

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    private static string PathOf(string program)
    {
        // All of one version, the newest: what is on the PATH may be an older one's.
        var newest = Directory.Exists(Packages)
            ? Directory.GetDirectories(Packages).OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            : Enumerable.Empty<string>();
        var path = OperatingSystem.IsWindows() ? null : Requirement.FindProgram(program, newest.Select(folder => Path.Combine(folder, "bin")));
        if (path is null)
            Requirement.Missing($"{program} of PostgreSQL is not installed (Debian: apt-get install postgresql). Or set PCBENCH_TEST_POSTGRES to the connection string of a superuser.");
        return path;
    }
}
