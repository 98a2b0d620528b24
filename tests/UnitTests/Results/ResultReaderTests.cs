using System.Security.Cryptography;
using System.Text;
using PcBench.Contracts.Results;
using PcBench.Contracts.Signing;
using PcBench.Contracts.Workloads;

namespace PcBench.UnitTests.Results;

public class ResultReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A document as <c>pcbench</c> signs it.</summary>
    internal static readonly string Valid = Encoding.UTF8.GetString(Signed());

    [Fact]
    public void What_pcbench_signs_is_read() => Read(Valid).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("\"cores\":2", "\"cores\":\"two\"", "machine.cpu.cores", "\"two\"", "It is not of the right type.")]
    [InlineData("\"cores\":2", "\"cores\":2.5", "machine.cpu.cores", "2.5", "It is not of the right type.")]
    [InlineData("\"cores\":2", "\"cores\":2,\"cores\":3", "machine.cpu.cores", "3", "The member stands twice.")]
    [InlineData("\"cores\":2", "\"cores\":2,\"serial\":\"X1\"", "machine.cpu.serial", "\"X1\"", "There is no such member.")]
    [InlineData("\"cores\":2,", "", "machine.cpu", null, "Members are missing: cores.")]
    [InlineData("\"preset\":\"quick\"", "\"preset\":\"endless\"", "run.preset", "\"endless\"", "It is not of the right type.")]
    [InlineData("\"preset\":\"quick\"", "\"preset\":0", "run.preset", "0", "It is not of the right type.")]
    public void What_has_another_shape_is_named_with_its_value(string text, string other, string field, string? value, string problem)
    {
        Valid.ShouldContain(text);

        var error = Read(Valid.Replace(text, other, StringComparison.Ordinal)).Errors.ShouldHaveSingleItem();

        (error.Field, error.Value, error.Problem).ShouldBe((field, value, problem));
        error.Fix.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""[{"id":"quantum","reason":"error"}]""", "run.failed[0].id")]
    [InlineData("""[{"id":"gpu-copy.cuda","reason":"error"},{"id":"gpu-copy.cuda","reason":"memory"}]""", "run.failed[1].id")]
    [InlineData("""[{"id":"sort.single","reason":"wrongOutput"}]""", "run.failed[0].id")]
    [InlineData("[null]", "run.failed[0]")]
    [InlineData("""[{"id":"gpu-copy.cuda","reason":"/home/somebody"}]""", "run.failed[0].reason")]
    public void What_failed_is_named_once_by_its_id_and_by_a_reason_that_is_no_free_text(string failed, string field) =>
        Read(Valid.Replace("\"budgetSeconds\":60", $"\"budgetSeconds\":60,\"failed\":{failed}", StringComparison.Ordinal))
            .Errors.ShouldHaveSingleItem().Field.ShouldBe(field);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"schema\":NaN}")]
    [InlineData("<xml/>")]
    public void What_is_no_document_is_refused_in_words_without_types(string text)
    {
        var error = Read(text).Errors.ShouldHaveSingleItem();

        error.ToString().ShouldNotContain("PcBench.Contracts");
        error.ToString().ShouldNotContain("System.");
    }

    [Fact]
    public void A_change_of_one_digit_breaks_the_signature() =>
        Read(Valid.Replace("\"totalMib\":24105", "\"totalMib\":24106", StringComparison.Ordinal)).Errors.ShouldHaveSingleItem().Field.ShouldBe("signature.value");

    [Fact]
    public void The_way_it_is_formatted_does_not() => Read(Valid.Replace(",\"", ",\n  \"", StringComparison.Ordinal)).Errors.ShouldBeEmpty();

    private static ResultReading Read(string text) => ResultReader.Read(Encoding.UTF8.GetBytes(text), Now);

    private static byte[] Signed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var workload = WorkloadCatalog.Find("sort.single")!;
        return ResultSigner.Sign(new ResultDocument
        {
            Schema = ResultDocument.CurrentSchema,
            Agent = new AgentInfo { Name = "pcbench", Version = "1", Runtime = ".NET 10", PublicKey = "" },
            Run = new RunInfo { StartedAt = Now, DurationSeconds = 1, Preset = RunPreset.Quick, BudgetSeconds = 60 },
            Machine = new MachineInfo
            {
                Cpu = new CpuInfo { Vendor = "AMD", Model = "AMD EPYC", Sockets = 1, Cores = 2, Threads = 2, Caches = [], InstructionSets = [] },
                Memory = new MemoryInfo { TotalMib = 24_105, Modules = [] },
                Disks = [],
                Gpus = [],
                Os = new OsInfo { Family = OsFamily.Linux, Name = "Debian", Architecture = "x64" },
            },
            Environment = new EnvironmentInfo(),
            Workloads = [new WorkloadResult { Id = workload.Id, Version = workload.Version, Unit = workload.Unit, Threads = 1, Digest = workload.Digest, Samples = [20.5, 20.6] }],
        }, key);
    }
}
