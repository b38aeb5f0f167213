namespace Gateway.TranslationWorker;

/// <summary>The version of this build, as derived objects and FHIR resources name it.</summary>
public static class GatewayVersion
{
    public static string Text { get; } = typeof(GatewayVersion).Assembly.GetName().Version!.ToString(3);
}
