{{/* Labels of every object. The version changes with each release, so it is no selector. */}}
{{- define "pcbench.labels" -}}
app.kubernetes.io/part-of: pcbench
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Values.release.version | replace "+" "_" | quote }}
p25.io/contour: {{ .Values.contour }}
{{- end }}

{{/* What selects a service's pods. Takes (dict "root" $ "name" "backend"). */}}
{{- define "pcbench.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "pcbench.metadata" -}}
name: {{ .name }}
labels:
  {{- include "pcbench.selector" . | nindent 2 }}
  {{- include "pcbench.labels" .root | nindent 2 }}
{{- end }}

{{- define "pcbench.annotations" -}}
p25.io/release: {{ .Values.release.version | quote }}
p25.io/commit: {{ .Values.release.commit | quote }}
{{- end }}

{{- define "pcbench.image" -}}
{{ .repository }}@{{ .digest }}
{{- end }}

{{/* Values of a service by its name: ml-service is "ml" there. */}}
{{- define "pcbench.key" -}}
{{ . | trimSuffix "-service" }}
{{- end }}

{{/* Nothing but what the service needs: the `restricted` standard, and a root file system that cannot be written. */}}
{{- define "pcbench.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .uid }}
  runAsGroup: {{ .uid }}
  fsGroup: {{ .uid }}
  seccompProfile: { type: RuntimeDefault }
{{- end }}
{{- define "pcbench.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{- define "pcbench.pullSecrets" -}}
{{- with .Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* One key of a Secret as a setting. Takes (dict "name" "Data__Postgres" "secret" … "key" … "optional" true). */}}
{{- define "pcbench.secretEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef: { name: {{ .secret }}, key: {{ .key }}{{ if .optional }}, optional: true{{ end }} }
{{- end }}

{{- define "pcbench.hasTraefik" -}}
{{- $wish := .Values.ingress.middlewares -}}
{{- if or (eq $wish "always") (and (eq $wish "auto") (.Capabilities.APIVersions.Has "traefik.io/v1alpha1")) }}true{{ end -}}
{{- end }}

{{- define "pcbench.nodes" -}}
{{- if eq .pool "require" }}
nodeSelector: { p25.io/pool: ml }
{{- end }}
{{- if ne .pool "ignore" }}
tolerations:
  - { key: p25.io/pool, operator: Equal, value: ml, effect: NoSchedule }
{{- end }}
{{- if eq .pool "prefer" }}
affinity:
  nodeAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        preference:
          matchExpressions:
            - { key: p25.io/pool, operator: In, values: [ml] }
{{- end }}
{{- end }}
