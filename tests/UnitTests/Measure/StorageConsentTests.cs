using Microsoft.Extensions.Time.Testing;
using PcBench.Cli.Commands;
using PcBench.Cli.Local;
using PcBench.Cli.Measure;
using PcBench.Contracts.Workloads;
using PcBench.Shared;

namespace PcBench.UnitTests.Measure;

/// <summary>On the folder of this program, which lies on a disk where builds do.</summary>
public sealed class StorageConsentTests : IDisposable
{
    private static readonly RunPlan Plan = RunPlan.Quick with { StorageBytes = 1 << 20 };
    private static readonly string Folder = AppContext.BaseDirectory;
    private readonly StringWriter people = new();

    private string Shown => people.ToString().ReplaceLineEndings(" ");

    [Theory]
    [InlineData("\n", true)]
    [InlineData("y\n", true)]
    [InlineData("YES\n", true)]
    [InlineData("perhaps\nno\n", false)]
    [InlineData("n\n", false)]
    [InlineData("", false)]
    public async Task A_person_is_asked_before_anything_is_written(string answers, bool written)
    {
        var request = await AskAsync(answers);

        Shown.ShouldContain("Write to that disk?");
        Shown.ShouldContain("1 MiB");
        request.Workloads.Any(workload => workload.Kind == ScoreKind.Storage).ShouldBe(written);
        request.Workloads.ShouldContain(workload => workload.Id == "sort.single");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("n\n", true)]
    public async Task Where_nobody_can_answer_or_has_answered_it_is_only_told(string? answers, bool yes)
    {
        var request = await AskAsync(answers, yes: yes);

        Shown.ShouldContain("test file");
        Shown.ShouldNotContain("?");
        request.StorageFolders.ShouldBe([Folder]);
        request.Workloads.ShouldContain(workload => workload.Kind == ScoreKind.Storage);
    }

    [Fact]
    public async Task Without_room_for_the_file_nobody_is_asked_and_storage_is_left_out_with_the_reason()
    {
        var request = await AskAsync("y\n", plan: Plan with { StorageBytes = 1L << 60 });

        Shown.ShouldContain("MiB free");
        Shown.ShouldNotContain("?");
        request.Workloads.ShouldHaveSingleItem().Id.ShouldBe("sort.single");
    }

    [Fact]
    public async Task Who_measures_no_storage_is_not_asked()
    {
        (await AskAsync("n\n", only: "sort.single")).Workloads.ShouldHaveSingleItem();
        Shown.ShouldBeEmpty();
    }

    [Fact]
    public async Task Asking_ends_when_the_run_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        using var silent = new SilentReader();
        var asking = StorageConsent.AskAsync(Context(silent), Request(Plan, "storage"), isGiven: false, cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(asking);
    }

    public void Dispose() => people.Dispose();

    private Task<RunRequest> AskAsync(string? answers, bool yes = false, RunPlan? plan = null, string only = "storage,sort.single") =>
        StorageConsent.AskAsync(Context(answers is null ? null : new StringReader(answers)), Request(plan ?? Plan, only), yes, CancellationToken.None);

    private static RunRequest Request(RunPlan plan, string only) =>
        new(plan, [.. only.Split(',').SelectMany(WorkloadSelection.Named)], [Folder]);

    private CliContext Context(TextReader? answers) =>
        new(new Output(Stream.Null, people), new FakeTimeProvider(), new LocalFiles("/nowhere"), answers);

    /// <summary>A person who does not answer.</summary>
    private sealed class SilentReader : TextReader
    {
        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => new(new TaskCompletionSource<string?>().Task);
    }
}
