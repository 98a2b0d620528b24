using System.Security.Cryptography;
using System.Text;
using P25.Verify;
using PcBench.Contracts.Results;

namespace PcBench.P25Tests.Verify;

public class SmokeTests
{
    [Fact]
    public void The_document_is_one_that_the_service_takes_and_new_each_time()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var first = Read(key, Make.Now);
        var second = Read(key, Make.Now.AddMilliseconds(1));

        first.Errors.ShouldBeEmpty();
        second.Errors.ShouldBeEmpty();
        first.Result!.Id.ShouldNotBe(second.Result!.Id);
        first.Result.Measurement.ShouldNotBe(second.Result.Measurement);
    }

    private static ResultReading Read(ECDsa key, DateTimeOffset now) => ResultReader.Read(Encoding.UTF8.GetBytes(SmokeCheck.Document(key, now)), now);
}
