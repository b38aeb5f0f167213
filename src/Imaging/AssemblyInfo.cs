using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Gateway.Imaging.Tests")]
[assembly: InternalsVisibleTo("Gateway.Registration3D")]
[assembly: InternalsVisibleTo("Gateway.RegistrationBench")]
