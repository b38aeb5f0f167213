namespace Gateway.TrainingWorker.Data;

/// <summary>The same anatomy in both modalities, pixel on pixel.</summary>
public sealed record PreparedPair(PreparedPicture T2, PreparedPicture Ct);
