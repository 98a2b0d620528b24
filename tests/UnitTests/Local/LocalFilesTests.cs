using PcBench.Cli.Local;

namespace PcBench.UnitTests.Local;

public sealed class LocalFilesTests : IDisposable
{
    private readonly LocalFiles files = new(Path.Combine(Directory.CreateTempSubdirectory("pcbench-files-").FullName, "home"));

    [Fact]
    public void The_key_is_made_once_and_read_by_its_user_alone()
    {
        using var first = files.Key();
        using var second = files.Key();

        second.ExportSubjectPublicKeyInfo().ShouldBe(first.ExportSubjectPublicKeyInfo());
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(files.Home, "key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void All_that_begin_at_once_have_one_key()
    {
        using var start = new Barrier(8);
        var keys = new string[start.ParticipantCount];
        Parallel.For(0, keys.Length, new ParallelOptions { MaxDegreeOfParallelism = keys.Length }, i =>
        {
            start.SignalAndWait();
            using var key = new LocalFiles(files.Home).Key();
            keys[i] = Convert.ToHexString(key.ExportSubjectPublicKeyInfo());
        });

        keys.Distinct().ShouldHaveSingleItem();
        Directory.GetFiles(files.Home).ShouldHaveSingleItem();
    }

    [Fact]
    public void The_key_is_written_to_no_file_that_was_there()
    {
        var elsewhere = Path.Combine(Path.GetDirectoryName(files.Home)!, "elsewhere");
        File.WriteAllText(elsewhere, "");
        Directory.CreateDirectory(files.Home);
        File.CreateSymbolicLink(Path.Combine(files.Home, "key.pem.new"), elsewhere);

        using var key = files.Key();

        File.ReadAllText(elsewhere).ShouldBeEmpty();
        new FileInfo(Path.Combine(files.Home, "key.pem")).LinkTarget.ShouldBeNull();
    }

    [Fact]
    public void A_result_is_found_by_path_id_beginning_and_latest()
    {
        files.Save("abc111", [1]);
        var path = files.Save("abd222", [2]);
        File.SetLastWriteTimeUtc(path, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        files.Find(path).ShouldBe(path);
        files.Find("abd222").ShouldBe(path);
        files.Find("abd").ShouldBe(path);
        files.Find("latest").ShouldBe(path);
        files.Find("ab").ShouldBeNull("two results begin so");
        files.Find("nothing").ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_left_half_written()
    {
        files.Save("abc111", [1, 2, 3]);

        Directory.GetFiles(Path.Combine(files.Home, "results")).ShouldHaveSingleItem().ShouldEndWith("abc111.json");
    }

    [Fact]
    public void Removing_a_result_takes_its_report_along()
    {
        var path = files.Save("abc111", [1]);
        var report = Path.ChangeExtension(path, ".html");
        File.WriteAllText(report, "");

        files.Remove("abc111");

        File.Exists(path).ShouldBeFalse();
        File.Exists(report).ShouldBeFalse();
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(files.Home)!, recursive: true);
}
