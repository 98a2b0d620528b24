using System.IO.Compression;
using PcBench.Cli.Commands;
using PcBench.Cli.Local;
using PcBench.Shared;
using PcBench.UnitTests.Imports;

namespace PcBench.UnitTests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private readonly MemoryStream data = new();
    private readonly StringWriter people = new();
    private readonly LocalFiles files = new(Directory.CreateTempSubdirectory("pcbench-import-").FullName);
    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-imported-").FullName;

    [Fact]
    public async Task Of_a_folder_what_is_good_is_taken_and_the_rest_is_told_by_file()
    {
        await WriteAsync("a.yaml", Bytes(Importing.Sample("passmark-c5.large.yaml")));
        await WriteAsync("b.xml", Bytes(Importing.Sample("composite.xml")));
        await WriteAsync("c.gb6", Bytes(Importing.Geekbench()));
        File.CreateSymbolicLink(Path.Combine(folder, "d-gone.yaml"), Path.Combine(folder, "nowhere"));
        await WriteAsync("e-empty.yaml", []);
        await WriteAsync("f-packed.yaml.gz", Packed(Importing.Sample("passmark-c5.large.yaml")));
        await WriteAsync("g-utf16.yaml", System.Text.Encoding.Unicode.GetPreamble().Concat(System.Text.Encoding.Unicode.GetBytes("BaselineInfo: {}")).ToArray());
        await WriteAsync("h-type.xml", Bytes("<!DOCTYPE a><PhoronixTestSuite/>"));

        (await RunAsync("import", folder, "--dry-run")).ShouldBe(ExitCodes.PartlyRefused);

        var lines = System.Text.Encoding.UTF8.GetString(data.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(line => line[..25]).Distinct().Count().ShouldBe(3);
        var said = people.ToString().ReplaceLineEndings(" ");
        foreach (var problem in new[] { "d-gone.yaml: $: It cannot be opened", "e-empty.yaml: $: It is empty", "f-packed.yaml.gz: $: It is compressed", "g-utf16.yaml: $: It is UTF-16", "h-type.xml: line 1: A document type" })
            said.ShouldContain(problem);
    }

    public void Dispose()
    {
        people.Dispose();
        data.Dispose();
        Directory.Delete(files.Home, recursive: true);
        Directory.Delete(folder, recursive: true);
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Bytes(text));
        return packed.ToArray();
    }

    private Task WriteAsync(string name, byte[] content) => File.WriteAllBytesAsync(Path.Combine(folder, name), content, TestContext.Current.CancellationToken);

    private Task<int> RunAsync(params string[] words) => CommandTree.Create(new CliContext(new Output(data, people), TimeProvider.System, files)).Parse(words).InvokeAsync();
}
