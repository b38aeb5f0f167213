using Gateway.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DicomListener.Tests;

/// <summary>What is away, told to nobody.</summary>
internal static class TestOutages
{
    public static Outages Of(TimeProvider time) => new(time, NullLogger<Outages>.Instance);
}
