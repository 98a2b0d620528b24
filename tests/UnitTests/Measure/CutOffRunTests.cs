using System.Diagnostics;
using PcBench.Shared;

namespace PcBench.UnitTests.Measure;

/// <summary>The program itself, ended in the middle of measuring a disk.</summary>
public sealed class CutOffRunTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;

    private readonly string home = Directory.CreateTempSubdirectory("pcbench-home-").FullName;
    private readonly string disk = Directory.CreateTempSubdirectory("pcbench-disk-").FullName;

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Kill)]
    public async Task A_run_that_is_cut_off_leaves_nothing_behind(int signal)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Signals, and what a process has open, are looked at the way of Linux.");
        // What a shell starts in the background ignores interrupts, and what that starts does: the tests may be run there.
        string[] command = ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, "pcbench"), "run", "--only", "storage", "--storage-path", disk];
        using var run = Process.Start(new ProcessStartInfo("env", command)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            Environment = { ["PCBENCH_HOME"] = home },
        })!;
        var told = "";
        while (await run.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("s left", StringComparison.Ordinal))
            told += line;
        // The first line of progress comes before the file: wait until it is open.
        while (!run.HasExited && !Holds(run, disk))
            await Task.Yield();
        if (run.HasExited)
            Assert.Skip(told + await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

        Directory.EnumerateFileSystemEntries(disk).ShouldBeEmpty("the file has no name while it is in use");
        using var sent = Process.Start("/bin/sh", ["-c", $"kill -{signal} {run.Id}"]);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(signal == Interrupt ? ExitCodes.Cancelled : 128 + Kill);
        Directory.EnumerateFileSystemEntries(disk).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(home).ShouldBeEmpty();
    }

    public void Dispose()
    {
        Directory.Delete(home, recursive: true);
        Directory.Delete(disk, recursive: true);
    }

    private static bool Holds(Process process, string folder)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process.Id}/fd").Any(descriptor => new FileInfo(descriptor).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true);
        }
        catch (IOException)
        {
            return false; // it has just ended, or closed what was being looked at
        }
    }
}
