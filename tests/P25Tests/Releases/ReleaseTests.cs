using System.Text.Json;
using P25;
using P25.Releases;

namespace PcBench.P25Tests.Releases;

/// <summary>What a file that is no release is told.</summary>
public class ReleaseTests
{
    [Theory]
    [InlineData("\"0001-expand-results\"", "null", "migration ''")]
    [InlineData("{\"repository\":\"registry.example/pcbench/ml\",\"digest\":\"DIGEST\"}", "null", "images.ml is null")]
    [InlineData("\"ml\":", "\"mll\":", "images.ml is missing")]
    [InlineData("DIGEST", "latest", "an image goes by digest")]
    public void What_is_wrong_is_named(string right, string wrong, string message)
    {
        var release = Make.Release('a');
        var text = JsonSerializer.Serialize(release, P25Json.Compact.Release);
        right = right.Replace("DIGEST", release.Images["ml"].Digest, StringComparison.Ordinal);
        text.ShouldContain(right);
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text.Replace(right, wrong, StringComparison.Ordinal));

        var refused = Should.Throw<P25Exception>(() => Release.Read(file));

        refused.Code.ShouldBe(P25ExitCodes.Usage);
        refused.Message.ShouldContain(message);
        File.Delete(file);
    }
}
