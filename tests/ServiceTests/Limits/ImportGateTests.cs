using System.Net;
using Microsoft.Extensions.Options;
using PcBench.Backend.Features.Imports;
using PcBench.Backend.Limits;

namespace PcBench.ServiceTests.Limits;

public sealed class ImportGateTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(6, 3)]
    public void One_address_has_at_most_half_of_the_places(int atOnce, int each)
    {
        var gate = new ImportGate(Options.Create(new ImportOptions { AtOnce = atOnce }));

        var places = Enumerable.Range(0, each).Select(_ => gate.TryEnter(Asker(1)).ShouldNotBeNull()).ToList();
        gate.TryEnter(Asker(1)).ShouldBeNull();
        places.AddRange(Enumerable.Range(each, atOnce - each).Select(i => gate.TryEnter(Asker(2 + i)).ShouldNotBeNull()));
        gate.TryEnter(Asker(200)).ShouldBeNull();

        places[0].Dispose();
        gate.TryEnter(Asker(1)).ShouldNotBeNull();
    }

    private static LimitSubject Asker(int number) => LimitSubject.Of(new IPAddress([192, 0, 2, (byte)number]));
}
