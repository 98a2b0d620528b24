using System.Collections.Concurrent;
using PcBench.Contracts.Results;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Submissions;

/// <summary>Numbers of a machine's names.</summary>
/// <param name="CpuNo">Of its CPU model.</param>
/// <param name="MainboardNo">Of its main board, where it has a name.</param>
internal readonly record struct HardwareNumbers(int CpuNo, int? MainboardNo);

/// <summary>
/// The numbers of CPU models and main boards. A name gets its number before the submission that brings it is stored, in a
/// transaction of its own, and keeps it for ever: so submissions of one model do not wait for each other.
/// </summary>
internal sealed class HardwareNames(Database database)
{
    private const int Capacity = 50_000;

    private const string AddCpu = """
        insert into cpu (id, name, vendor, microarchitecture, results) values (@id, @name, @vendor, @microarchitecture, 0) on conflict (id) do nothing
        """;
    private const string FindCpu = "select no from cpu where id = @id";
    private const string AddMainboard = "insert into mainboard (name) values (@name) on conflict (name) do nothing";
    private const string FindMainboard = "select no from mainboard where name = @name";
    private const string AddTerm = "insert into term (kind, word, no) values (@kind, @word, @no) on conflict do nothing";

    private readonly ConcurrentDictionary<string, int> cpus = new();
    private readonly ConcurrentDictionary<string, int> mainboards = new();

    public async ValueTask<HardwareNumbers> OfAsync(MachineInfo machine, CancellationToken cancel) =>
        new(await CpuAsync(machine.Cpu, cancel), await MainboardAsync(machine.Board, cancel));

    private async ValueTask<int> CpuAsync(CpuInfo cpu, CancellationToken cancel)
    {
        var id = CpuName.Id(cpu.Model);
        if (cpus.TryGetValue(id, out var known))
            return known;
        var name = CpuName.Display(cpu.Model);
        return Keep(cpus, id, await NumberAsync(
            FindCpu, AddCpu, SearchWords.Cpu, name, cancel,
            ("id", id), ("name", name), ("vendor", cpu.Vendor), ("microarchitecture", cpu.Microarchitecture)));
    }

    private async ValueTask<int?> MainboardAsync(BoardInfo? mainboard, CancellationToken cancel)
    {
        var name = string.Join(' ', new[] { mainboard?.Vendor, mainboard?.Model }.OfType<string>());
        if (name.Length == 0)
            return null;
        if (mainboards.TryGetValue(name, out var known))
            return known;
        return Keep(mainboards, name, await NumberAsync(FindMainboard, AddMainboard, SearchWords.Mainboard, name, cancel, ("name", name)));
    }

    /// <param name="find">Finds the number by the first of the values.</param>
    /// <param name="add">Adds all values, or nothing where another was first.</param>
    /// <param name="kind">Kind of the name's words.</param>
    /// <param name="name">What it is found by in a search.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="values">Columns and their values.</param>
    private async Task<int> NumberAsync(string find, string add, int kind, string name, CancellationToken cancel, params (string Column, string? Value)[] values)
    {
        var (key, id) = values[0];
        if (await database.Sql(find).With(key, id).NumberAsync(cancel) is { } known)
            return (int)known;
        return await database.WriteAsync(
            async (write, token) =>
            {
                var adding = write.Sql(add);
                foreach (var (column, value) in values)
                    adding.With(column, value);
                await adding.ExecuteAsync(token);
                var no = (int)(await write.Sql(find).With(key, id).NumberAsync(token))!.Value;
                var term = write.Sql(AddTerm).With("kind", kind).With("no", no);
                foreach (var word in SearchWords.Of(name))
                    await term.With("word", word).ExecuteAsync(token);
                return no;
            },
            cancel);
    }

    private static int Keep(ConcurrentDictionary<string, int> numbers, string name, int no)
    {
        if (numbers.Count >= Capacity)
            numbers.Clear();
        return numbers[name] = no;
    }
}
