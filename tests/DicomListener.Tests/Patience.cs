using Microsoft.Extensions.Options;

namespace Gateway.DicomListener.Tests;

/// <summary>The patience of the defaults.</summary>
internal static class Patience
{
    public static DatabasePatience Of(TimeProvider time) => new(Options.Create(new DicomListenerOptions()), time);
}
