using PcBench.Cli.Measure;
using PcBench.Cli.Workloads;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Workloads;

public sealed class StorageTests : IDisposable
{
    private const long Mib = 1 << 20;
    private static readonly TimeSpan AnyTime = TimeSpan.FromMinutes(1);
    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-storage-").FullName;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Every_access_gives_the_output_that_the_catalog_has(bool write, bool random)
    {
        using var file = Create();
        using var storage = new Storage(file, new StorageAccess(write, random));

        storage.Reset();
        storage.Run().ShouldBeGreaterThan(0);

        KernelTests.Digest(storage).ShouldBe(WorkloadCatalog.Find("storage-read-random")!.Digest);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Thirty_two_accesses_at_a_time_leave_everything_right(bool write, bool random)
    {
        using var file = Create(128 * Mib);
        using var storage = new Storage(file, new StorageAccess(write, random, Depth: 32));
        var right = WorkloadCatalog.Find("storage-read-random.qd32")!.Digest;
        for (var window = 0; window < 4; window++)
        {
            storage.Reset();
            KernelTests.Digest(storage).ShouldNotBe(right, "nothing was done yet");
            storage.Run().ShouldBeGreaterThan(0);
            KernelTests.Digest(storage).ShouldBe(right);
        }
    }

    [Fact]
    public void A_write_that_is_synced_can_be_read_back()
    {
        using var file = Create();
        using var storage = new Storage(file, StorageAccess.Of("storage-sync"));
        var right = WorkloadCatalog.Find("storage-sync")!.Digest;
        storage.Run().ShouldBeGreaterThan(0);
        KernelTests.Digest(storage).ShouldBe(right);

        storage.Reset();
        KernelTests.Digest(storage).ShouldNotBe(right);
    }

    [Fact]
    public void Who_waits_for_a_disk_may_run_on_every_processor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux passes a thread's processor on to those it makes.");
        using var file = Create();
        List<string> waiting = [];
        var measuring = new Thread(() =>
        {
            Affinity.Pin(Affinity.Processors()[0]);
            using var storage = new Storage(file, StorageAccess.Of("storage-read-random"));
            storage.Run();
            waiting = [.. Directory.GetDirectories("/proc/self/task").Where(task => Read(task, "comm").StartsWith("storage", StringComparison.Ordinal)).Select(AllowedOf)];
        });
        measuring.Start();
        measuring.Join();

        waiting.Distinct().ShouldBe([AllowedOf("/proc/self")]);

        static string AllowedOf(string task) => Read(task, "status").Split('\n').First(line => line.StartsWith("Cpus_allowed_list", StringComparison.Ordinal));
    }

    /// <summary>What the kernel says of a thread; nothing of one that has ended meanwhile.</summary>
    private static string Read(string task, string what)
    {
        try
        {
            return File.ReadAllText($"{task}/{what}");
        }
        catch (IOException)
        {
            return "";
        }
    }

    [Fact]
    public void Nothing_read_gives_another_output()
    {
        using var file = Create();
        using var storage = new Storage(file, new StorageAccess(Write: false, Random: true));
        storage.Run();

        storage.Reset();

        KernelTests.Digest(storage).ShouldNotBe(WorkloadCatalog.Find("storage-read-random")!.Digest);
    }

    [Fact]
    public void A_read_of_another_place_or_of_an_older_write_is_told_from_the_right_one()
    {
        using var file = Create();
        using var read = file.Buffer(StorageFile.Sector);
        using var written = file.Buffer(StorageFile.Sector);

        file.Read(0, read.Span<byte>());
        file.IsRight(0, read.Span<byte>()).ShouldBeTrue();
        file.IsRight(StorageFile.PoolBytes, read.Span<byte>()).ShouldBeFalse("the contents repeat there, the stamp does not");
        file.Write(0, written.Span<byte>());
        file.IsRight(0, read.Span<byte>()).ShouldBeFalse("what was read is older");
    }

    [Fact]
    public void No_file_is_left_behind_even_while_it_is_in_use()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows shows the file until it is closed.");
        using var file = Create();

        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_cancelled_preparation_leaves_nothing_behind()
    {
        Should.Throw<OperationCanceledException>(() => StorageFile.Create(folder, 32 * Mib, AnyTime, TimeProvider.System, new CancellationToken(canceled: true)));

        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_slow_disk_gets_a_smaller_file()
    {
        using var file = StorageFile.Create(folder, 32 * Mib, TimeSpan.Zero, TimeProvider.System, CancellationToken.None);

        file.Length.ShouldBe(Mib);
    }

    [Theory]
    [InlineData("ext4", 64, null)]
    [InlineData("ext4", 63, "twice")]
    [InlineData("tmpfs", 1000, "in memory")]
    public void A_folder_that_cannot_be_measured_is_skipped_with_the_reason(string format, long freeMib, string? reason)
    {
        var obstacle = StorageFolder.Obstacle("/data", format, freeMib * Mib, 32 * Mib);

        if (reason is null)
            obstacle.ShouldBeNull();
        else
            obstacle.ShouldNotBeNull().ShouldContain(reason);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        StorageFolder.Obstacle("/no/such/folder", Mib).ShouldNotBeNull().ShouldContain("/no/such/folder");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private StorageFile Create(long bytes = 32 * Mib)
    {
        try
        {
            return StorageFile.Create(folder, bytes, AnyTime, TimeProvider.System, CancellationToken.None);
        }
        catch (IOException error)
        {
            Assert.Skip(error.Message);
            throw;
        }
    }
}
