using System.Diagnostics;
using PcBench.Contracts.Results;
using PcBench.UnitTests.Structure;

namespace PcBench.UnitTests.Distribution;

/// <summary>
/// The single file for Linux in a container that holds it and the system's libraries that it names, and nothing else: no .NET, no shell, no
/// user, no network.
/// </summary>
public sealed class ContainerTests : IDisposable
{
    private static readonly string[] Encryption = ["libssl.so.3", "libcrypto.so.3"];
    private readonly string root = Directory.CreateTempSubdirectory("pcbench-container-").FullName;

    [Fact]
    public async Task The_single_file_measures_in_an_empty_container_without_network()
    {
        Require(OperatingSystem.IsLinux() && Environment.Is64BitProcess && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "It is the file for Linux on x64.");
        Require((await RunAsync("unshare", "-rnmp", "--fork", "true")).ExitCode == 0, "This system lets nobody make a container (unshare -rnmp).");
        (await RunAsync(Repository.Path("publish"), "linux-x64")).ExitCode.ShouldBe(0);

        var program = Repository.Path("artifacts/dist/linux-x64/pcbench");
        File.Copy(program, Path.Combine(root, "pcbench"));
        var named = (await RunAsync("ldd", program)).Output.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith('/')).ToList();
        var folder = Path.GetDirectoryName(named.First(path => path.Contains("/libc.so", StringComparison.Ordinal)))!;
        foreach (var library in named.Concat(Encryption.Select(name => Path.Combine(folder, name))))
        {
            Require(File.Exists(library), $"{library} is not there: apt-get install libssl3.");
            Directory.CreateDirectory(Path.GetDirectoryName(root + library)!);
            File.Copy(library, root + library);
        }

        Directory.CreateDirectory(Path.Combine(root, "proc"));
        var run = await RunAsync(
            "unshare", "-rnmp", "--fork", "sh", "-c", "mount -t proc proc \"$0/proc\" && PATH=$PATH:/usr/sbin:/sbin && exec env -i PCBENCH_HOME=/home \"$(command -v chroot)\" \"$0\" /pcbench run --only sha-256.single --no-report", root);

        run.ExitCode.ShouldBe(0, run.Output);
        var document = Directory.GetFiles(Path.Combine(root, "home/results")).ShouldHaveSingleItem();
        var result = ResultReader.Read(await File.ReadAllBytesAsync(document, TestContext.Current.CancellationToken), TimeProvider.System.GetUtcNow()).Result.ShouldNotBeNull();
        result.Document.Workloads.ShouldHaveSingleItem().Id.ShouldBe("sha-256.single");
        run.Output.ShouldContain(Path.GetFileName(document));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static void Require(bool holds, string reason)
    {
        if (!holds && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.SkipUnless(holds, reason);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
